# An index that was changed step by step is, byte for byte, the one that a full
# build makes; and what has not changed is not touched.
set -u
. "${0%/*}/lib.sh"

kb=$work/kb
ix=$work/ix
packs=$work/packs
cp -r "$SOURCE_DIR/kb" "$kb"
cp -r "$SOURCE_DIR/locales" "$packs"

index() {
    run "$HELPDEX" index "$kb" --index "$ix" --locales "$packs" "$@"
    expect_status 0
}
# What searches can read: all but the manifest and what is remembered of the
# times of files.
files() {
    (
        cd "$ix/$(live "$ix")" &&
            find . -type f ! -name manifest.json ! -name files \
                -exec sha256sum {} + | sort -k 2
        sed '/"path"/,/"sha256"/d' manifest.json
    )
}

# same WHAT: what stands now is what a full build of the same makes. That build
# starts from the same index, which remembers what translations were made from.
same() {
    cp -r "$ix" "$work/other"
    files >"$work/steps"
    run "$HELPDEX" index "$kb" --index "$work/other" --locales "$packs" --full
    expect_status 0
    (
        ix=$work/other
        files >"$work/full"
    )
    expect "$1 gives the bytes of a full build" cmp "$work/steps" "$work/full"
    rm -r "$work/other"
}

# step WHAT LOCALE...: indexes and looks at what was built: it took some time.
# Whatever serves and what served before share no file, so that damage is never
# that of both.
step() {
    edit=$1
    shift
    old=$(live "$ix")
    index --json
    new=$(live "$ix")
    expect "$edit is published" [ "$old" != "$new" ]
    seen=$(tr '{' '\n' <"$work/out" |
        sed -n '/"seconds":\( *0,\)/d; s/^ *"locale": *"\([^"]*\)".*/\1/p' |
        tr '\n' ' ')
    shared=$(find "$ix/$old" "$ix/$new" -type f -printf '%i\n' | sort | uniq -d)
    expect "$edit leaves a second chance" [ -z "$shared" ]
    wanted=
    for tag in "$@"; do wanted="$wanted$tag "; done
    expect "$edit builds \"$wanted\", not \"$seen\"" [ "$seen" = "$wanted" ]
    same "$edit"
}

index
all=$(cd "$ix/$(live "$ix")" && ls -d */terms | sed 's,/.*,,')
de=$(ls "$kb"/de/*/*.md | head -n 1)

printf '\nNoch ein Satz.\n' >>"$de"
step "a changed article" de
article "$kb/th/deposits/new.md" new-one "ใหม่" <<'BODY'
ข้อความใหม่
BODY
step "a new article" th
mv "$kb/th/deposits/new.md" "$kb/th/deposits/other.md"
step "a renamed article" th
rm "$kb/th/deposits/other.md"
step "a removed article" th
article "$kb/ko/deposits/new.md" new-one "입금" <<'BODY'
입금이 보이지 않으면 지원팀에 문의하세요.
BODY
step "a new locale" ko
rm -r "$kb/ko"
step "a removed locale"
printf '\n# nothing\n' >>"$packs/ja.yml"
step "a changed pack" ja
printf '\n# nothing\n' >>"$packs/und.yml"
step "a changed root pack" $all

# Only who translates an article has to know that its source has changed.
article "$kb/en/deposits/alone.md" alone "Alone" <<'BODY'
Nobody translates me.
BODY
step "a source without translations" en
article "$kb/de/deposits/alone.md" alone "Allein" <<'BODY'
Nun doch übersetzt.
BODY
step "a translation of it" de
printf '\nAnd more.\n' >>"$kb/en/deposits/alone.md"
step "a changed source" de en
article "$kb/ar/deposits/alone.md" alone "Alone" <<'BODY'
Nobody translates me.

And more.
BODY
index
same "a copy of the source"
# The one section of the German translation was behind before.
printf '\nAnd most.\n' >>"$kb/en/deposits/alone.md"
step "a source of which there was a copy" ar en
rm "$kb/en/deposits/alone.md"
step "a removed source" ar de en
printf 'contact: "mailto:help@help.example"\n' >>"$kb/helpdex.yml"
step "another helpdex.yml" $all

# Rules are of no locale.
printf '\n# nothing\n' >>"$(ls "$kb"/rules/*.yml | head -n 1)"
step "a changed rule"
index
expect_output 'is up to date; nothing was built$'

# However many work, findings and bytes are the same.
article "$kb/de/deposits/copy.md" missing-deposit-copy "" <<'BODY'
BODY
printf -- '---\nuntranslated: true\n---\n\nx\n' >"$kb/ar/deposits/stub.md"
for jobs in 1 2 7; do
    rm -rf "$ix"
    run "$HELPDEX" index "$kb" --index "$ix" --jobs "$jobs"
    expect_status 0
    files >"$work/files.$jobs"
    cp "$work/err" "$work/err.$jobs"
done
expect "findings were made" [ -s "$work/err.1" ]
for jobs in 2 7; do
    expect "$jobs jobs write the same" cmp "$work/files.1" "$work/files.$jobs"
    expect "$jobs jobs say the same" cmp "$work/err.1" "$work/err.$jobs"
done

# Whoever reuses the findings of a locale says them again.
printf '\nNoch einer.\n' >>"$de"
run "$HELPDEX" index "$kb" --index "$ix"
expect_status 0
expect "the same is said of what is reused" cmp "$work/err.1" "$work/err"

# What looks the same is not read again, unless it was written too short before
# it was read for a later writing to show.
find "$kb" -name '*.md' -exec touch -d '1 hour ago' {} +
index --full
was=$(stat -c %y "$de")
sed 's/Satz/Sutz/' "$de" >"$work/changed"
cat "$work/changed" >"$de"
touch -d "$was" "$de"
index
expect_output ' published$'
run "$HELPDEX" search Sutz --locale de --index "$ix"
expect_output 'Sutz'

# Damage to what serves leaves what served before.
for name in terms forward lexicon pool; do
    file=$ix/$(live "$ix")/th/$name
    cp "$file" "$work/whole"
    printf x | dd of="$file" bs=1 seek=100 conv=notrunc 2>/dev/null
    run "$HELPDEX" search ฝากเงิน --locale th --index "$ix"
    expect_status 0
    expect_error 'serves, because of .*/th/'"$name"
    cp "$work/whole" "$file"
done
