# helpdex index, as a user types it.
set -u
. "${0%/*}/lib.sh"

kb=$work/kb
ix=$work/ix
small_kb "$kb"

# A table for people, the generation that serves, nothing on standard error.
run "$HELPDEX" index "$kb" --index "$ix"
expect_status 0
expect_output '^locale +articles +sections +terms +seconds +warnings$'
expect_output '^de +1 +2 +[0-9]+ +[0-9.]+ +0$'
expect_output '^en +2 +3 '
expect_output '^th +1 +2 '
expect_output '^generation 00000001-[0-9a-f]{16} published$'
expect_no_error
expect "CURRENT names a folder" [ -f "$ix/$(live "$ix")/manifest.json" ]

# Nothing changed: nothing is built.
before=$(live "$ix")
run "$HELPDEX" index "$kb" --index "$ix"
expect_status 0
expect_output "^generation $before is up to date; nothing was built$"
expect_output '^en +2 +3 +[0-9]+ +0\.00 +0$'
expect "the generation is kept" [ "$(live "$ix")" = "$before" ]

run "$HELPDEX" index "$kb" --index "$ix" --full
expect_status 0
expect_output '^generation 00000002-[0-9a-f]{16} published$'
expect "the previous generation is kept" [ -d "$ix/$before" ]

# A third one drops the first: two are kept.
run "$HELPDEX" index "$kb" --index "$ix" --full
expect_status 0
expect "the first generation is gone" [ ! -d "$ix/$before" ]
expect "two generations are left" \
    [ "$(find "$ix" -mindepth 1 -maxdepth 1 -type d | wc -l)" = 2 ]

# A changed word is a reason to build, and so is an article that is gone.
sed 's/ten days/eleven days/' "$kb/en/money/refund.md" >"$work/changed"
cp "$work/changed" "$kb/en/money/refund.md"
run "$HELPDEX" index "$kb" --index "$ix"
expect_status 0
expect_output ' published$'
rm "$kb/en/luggage/surfboard.md"
run "$HELPDEX" index "$kb" --index "$ix"
expect_status 0
expect_output '^en +1 +2 '
run "$HELPDEX" search surfboard --locale en --index "$ix"
expect_no_output surfboard

# --quiet says nothing, not even warnings; without it they are said.
small_kb "$kb"
article "$kb/de/luggage/surfboard.md" surfboard "Surfbrett" </dev/null
run "$HELPDEX" index "$kb" --index "$ix" --full --quiet
expect_status 0
expect_no_output
expect_no_error
run "$HELPDEX" index "$kb" --index "$ix" --full
expect_status 0
expect_error "^$kb/de/luggage/surfboard.md: warning: .*blank.*; "
expect_output '^de +1 +2 +[0-9]+ +[0-9.]+ +1$'
run "$HELPDEX" search surfboard --locale de --index "$ix"
expect_output ' en  [0-9.]+  nicht in Ihrer'

# A draft is left out.
printf -- '---\ntitle: Secret plans\ndraft: true\n---\nWombats.\n' \
    >"$kb/en/money/plans.md"
run "$HELPDEX" index "$kb" --index "$ix"
expect_status 0
run "$HELPDEX" search wombats --locale en --index "$ix"
expect_status 1

# A copy of the default locale's body is no translation.
sed 's/^title: .*/title: "Rückerstattung"/' "$kb/en/money/refund.md" \
    >"$kb/de/money/refund.md"
run "$HELPDEX" index "$kb" --index "$ix"
expect_status 0
expect_error "^$kb/de/money/refund.md: warning: .*copy.*; "
small_kb "$kb"

# One flat tree of one locale; the tag is written as the user likes.
run "$HELPDEX" index "$kb/de" --locale de_AT --index "$work/flat"
expect_status 0
expect_output '^de-AT +1 +2 '
run "$HELPDEX" search Erstattung --locale de-CH --index "$work/flat"
expect_status 0
expect_output 'refund#'
expect_no_output 'fallback'
article "$work/hebrew/a.md" a "החזר כספי" <<'BODY'
אפשר לקבל החזר כספי בתוך עשרה ימים.
BODY
run "$HELPDEX" index "$work/hebrew" --locale iw --index "$work/flat-he"
expect_status 0
expect_output '^he +1 +1 '

# $HELPDEX_INDEX, and --index before it.
run env HELPDEX_INDEX="$work/by-env" "$HELPDEX" index "$kb"
expect_status 0
expect "the index of \$HELPDEX_INDEX is there" [ -f "$work/by-env/CURRENT" ]
run env HELPDEX_INDEX="$work/by-env" "$HELPDEX" search refund --locale en
expect_status 0
run env HELPDEX_INDEX="$work/nowhere" "$HELPDEX" verify --index "$ix"
expect_status 0
mkdir "$work/cwd"
cd "$work/cwd" || exit 1
run env HELPDEX_INDEX= "$HELPDEX" index "$kb"
expect_status 0
expect "./helpdex.index is the default" [ -f helpdex.index/CURRENT ]
run "$HELPDEX" search refund --locale en
expect_status 0
cd "$OLDPWD" || exit 1

# Packs of the user's own: another chain, and a locale that has no code.
cp -R "$SOURCE_DIR/locales" "$work/packs"
run "$HELPDEX" index "$kb" --index "$work/own" --locales "$work/packs"
expect_status 0
run "$HELPDEX" index "$kb" --index "$work/own" --locales "$work/packs"
expect_output 'up to date'
sed 's/^fallback:.*/fallback: [th]/' "$work/packs/de.yml" >"$work/pack"
cp "$work/pack" "$work/packs/de.yml"
printf 'name: Esperanto\nfallback: [de]\n' >"$work/packs/eo.yml"
run "$HELPDEX" index "$kb" --index "$work/own" --locales "$work/packs"
expect_status 0
expect_output ' published$'
rm -r "$work/packs"
run "$HELPDEX" search Erstattung --locale eo --index "$work/own"
expect_status 0
expect_output 'refund#.* de  [0-9.]+  not in your'

# An index can be moved and copied.
mv "$work/own" "$work/moved"
cp -R "$work/moved" "$work/copied"
rm -r "$work/moved"
run "$HELPDEX" verify --index "$work/copied"
expect_status 0
run "$HELPDEX" search Erstattung --locale de --index "$work/copied"
expect_status 0

# A locale that lacks a group of synonyms of its siblings is named.
cp -r "$SOURCE_DIR/locales" "$work/packs"
sed -i '/^  fee:/d; /^  hacked:/d' "$work/packs/th.yml"
run "$HELPDEX" index "$SOURCE_DIR/kb" --index "$work/synonyms" \
    --locales "$work/packs"
expect_status 0
expect_error '/packs/th\.yml: warning: no synonyms for fee, hacked, which'
expect "the others are complete" \
    [ "$(grep -c 'no synonyms for' "$work/err")" = 1 ]

# --json, for programs.
command -v python3 >/dev/null 2>&1 || {
    echo "python3 is not here: --json was not read"
    exit 0
}
article "$kb/de/luggage/surfboard.md" surfboard "Surfbrett" </dev/null
run "$HELPDEX" index "$kb" --index "$ix" --full --json --quiet
expect_status 0
cat >"$work/check.py" <<'PYTHON'
import json, sys
made = json.load(open(sys.argv[1], encoding="utf-8"))
assert made["generation"] == sys.argv[2], made["generation"]
assert made["published"] is True
tags = [locale["locale"] for locale in made["locales"]]
assert tags == ["de", "en", "th"], tags
for locale in made["locales"]:
    for key in ("articles", "sections", "terms", "warnings"):
        assert isinstance(locale[key], int), (key, locale)
    assert locale["articles"] > 0 and locale["terms"] > 0, locale
assert made["locales"][0]["warnings"] == 1, made["locales"][0]
assert len(made["warnings"]) == 1, made["warnings"]
assert made["warnings"][0]["file"].endswith("de/luggage/surfboard.md")
assert made["errors"] == []
PYTHON
expect "index --json has its shape" \
    python3 "$work/check.py" "$work/out" "$(live "$ix")"
