# helpdex gate, as a writer uses it who edits articles.
set -u
. "${0%/*}/lib.sh"

kb=$work/kb
ix=$work/ix
small_kb "$kb"
article "$kb/de/luggage/cabin.md" cabin "Handgepäck" <<'BODY'
Ein Koffer bis acht Kilo fährt in der Kabine mit.
BODY
mkdir "$kb/queries"
printf 'Flug gestrichen\trefund#erstattung-bei-gestrichenem-flug\n%s\n' \
    'wie schwer darf der koffer sein	cabin' >"$kb/queries/de.tsv"
printf 'เที่ยวบินถูกยกเลิก\trefund\n' >"$kb/queries/th.tsv"
index() {
    "$HELPDEX" index "$kb" --index "$ix" --quiet ||
        fail "the index was not built"
}
index
export HELPDEX_INDEX="$ix"

# Without a baseline: the figures, and how to keep them.
run "$HELPDEX" gate "$kb"
expect_status 0
expect_output '^locale  queries  Success@1 +Success@3 +MRR@10 +nDCG@10 '
expect_output '^de +2  1\.000 1\.00-1\.00 '
expect_output '^th +1  1\.000 1\.00-1\.00 '
expect_output "^no baseline to compare with; --save keeps .*/baseline\.json$"
expect_no_error
expect "nothing is written unasked" [ ! -e "$kb/queries/baseline.json" ]

# Saved, and compared with itself.
run "$HELPDEX" gate "$kb" --save
expect_status 0
expect_output "^saved as the baseline: $kb/queries/baseline.json$"
cp "$kb/queries/baseline.json" "$work/saved"
run "$HELPDEX" gate "$kb"
expect_status 0
expect_output '^as in the baseline$'
run "$HELPDEX" gate "$kb" --save
expect "a baseline saved again is the same" \
    cmp -s "$work/saved" "$kb/queries/baseline.json"
run "$HELPDEX" gate "$kb" --save --locale TH
expect "--locale leaves the other locales of a baseline alone" \
    cmp -s "$work/saved" "$kb/queries/baseline.json"
expect_no_output '^de '
expect "a query a line" [ "$(grep -c '^{"query":' "$work/saved")" = 3 ]

# A broken article fails, and is named with the words that found it.
article "$kb/de/luggage/cabin.md" cabin "Handgepäck" <<'BODY'
Eine Tasche bis acht Kilo.
BODY
article "$kb/de/luggage/bulky.md" bulky "Der Koffer" <<'BODY'
Wie schwer ein Koffer sein darf, steht auf der Karte.
BODY
index
run "$HELPDEX" gate "$kb"
expect_status 1
expect_output '^worse than the baseline: 1$'
expect_output '^  de  cabin  1 -> (2|not found)  wie schwer darf der koffer sein$'
expect_output 'koffer(: exact -> not found| \(exact\))'
expect_output '^    first now: bulky$'
expect_no_output '^  th  '
run "$HELPDEX" gate "$kb" --locale th
expect_status 0
run "$HELPDEX" gate "$kb" --quiet
expect_status 1
expect_output '^worse than the baseline: 1$'

# Mended: as before, and what has risen is said.
rm "$kb/de/luggage/bulky.md"
article "$kb/de/luggage/cabin.md" cabin "Handgepäck" <<'BODY'
Ein Koffer bis acht Kilo fährt in der Kabine mit.
BODY
index
run "$HELPDEX" gate "$kb"
expect_status 0
printf 'xylophon\tcabin\n' >>"$kb/queries/de.tsv"
run "$HELPDEX" gate "$kb" --save
expect_status 0
expect_output '^not in the baseline: 1; no longer asked: 0$'
echo 'Das Xylophon fliegt mit.' >>"$kb/de/luggage/cabin.md"
index
run "$HELPDEX" gate "$kb"
expect_status 0
expect_output '^better than the baseline: 1$'
expect_output '^  de  cabin  not found -> 1  xylophon$'
expect_output '^    xylophon: not found -> exact$'

# An article that is gone is named where the golden query asks for it.
rm "$kb/de/luggage/cabin.md"
index
run "$HELPDEX" gate "$kb"
expect_status 1
expect_error "^$kb/queries/de.tsv:2:33: warning: no article \"cabin\" .*; "
expect_output '^  de  cabin  1 -> not found  wie schwer darf der koffer sein$'
expect_output '^    no locale of the index has this article$'

# Another section than the one that was asked for.
printf 'Flug gestrichen\trefund#elsewhere\n' >"$kb/queries/de.tsv"
run "$HELPDEX" gate "$kb" --locale de --baseline "$work/none.json"
expect_status 0
expect_output '^de +1  0\.000 '

# A locale whose golden queries are gone leaves the baseline when it is saved.
cp "$kb/queries/baseline.json" "$work/saved"
mv "$kb/queries/th.tsv" "$work/th.tsv"
run "$HELPDEX" gate "$kb" --save
expect_output '^not in the baseline: 1; no longer asked: 4$'
expect "the locale is forgotten" \
    [ "$(grep -c '^"th"' "$kb/queries/baseline.json")" = 0 ]
mv "$work/th.tsv" "$kb/queries/th.tsv"
cp "$work/saved" "$kb/queries/baseline.json"

# The page for people, and JSON for programs.
run "$HELPDEX" gate "$kb" --report "$work/gate.html" --json
expect_status 0
expect "the page is one of HTML" grep -q '^<!doctype html>' "$work/gate.html"
expect "the page has the query" grep -q 'Flug gestrichen' "$work/gate.html"
if command -v python3 >/dev/null 2>&1; then
    cat >"$work/check.py" <<'PYTHON'
import html.parser, json, sys

gate = json.load(open(sys.argv[1], encoding="utf-8"))
assert gate["compared"] is True and gate["generation"], gate
locales = {locale["locale"]: locale for locale in gate["locales"]}
assert list(locales) == ["de", "th"], list(locales)
de = locales["de"]
assert de["golden"]["queries"] == 1 and de["golden"]["missed"], de
assert de["golden"]["success_at_1"] == {"mean": 0, "low": 0, "high": 0}, de
assert de["dropped"] == 3 and de["new"] == 1 and not de["worse"], de
assert locales["th"]["golden"]["mrr_at_10"]["mean"] == 1
assert gate["worse"] == sum(len(l["worse"]) for l in locales.values())

class Tags(html.parser.HTMLParser):
    void = {"meta"}
    def __init__(self):
        super().__init__()
        self.open = []
    def handle_starttag(self, tag, attributes):
        if tag not in self.void:
            self.open.append(tag)
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

tags = Tags()
tags.feed(open(sys.argv[2], encoding="utf-8").read())
assert not tags.open, tags.open
PYTHON
    expect "--json and the page have their shape" \
        python3 "$work/check.py" "$work/out" "$work/gate.html"
else
    echo "python3 is not here: --json and the page were not read"
fi

# TREC files in and out.
printf 'q1\tgestrichener Flug\nq2\tGeld zurück\n' >"$work/queries"
printf 'q1 0 refund 1\nq2 0 refund 2\nq2 0 surfboard 0\n' >"$work/qrels"
run "$HELPDEX" gate --queries "$work/queries" --qrels "$work/qrels" \
    --locale DE --run "$work/run"
expect_status 0
expect_output '^de +2  1\.000 '
expect_no_output 'no baseline to compare with'
"$HELPDEX" search --batch "$work/queries" --locale de --limit 100 \
    >"$work/batch"
expect "the run is that of search --batch" cmp -s "$work/run" "$work/batch"
run "$HELPDEX" gate --queries "$work/queries" --qrels "$work/qrels" \
    --locale de --save --baseline "$work/trec.json"
expect_status 0
run "$HELPDEX" gate --queries "$work/queries" --qrels "$work/qrels" \
    --locale de --baseline "$work/trec.json"
expect_status 0
expect_output '^as in the baseline$'

# Wrong usage.
run "$HELPDEX" gate --qrels "$work/qrels"
expect_status 2
expect_error '^helpdex: --qrels and --queries go together; '
run "$HELPDEX" gate "$kb" --qrels "$work/qrels" --queries "$work/queries"
expect_status 2
run "$HELPDEX" gate --qrels "$work/qrels" --queries "$work/queries" --save
expect_status 2
expect_error '; name the file$'
run "$HELPDEX" search x --save
expect_status 2
run "$HELPDEX" gate "$kb" --locale 'no tag'
expect_status 2

# Bad input is named by place, and nothing is written or compared.
bad_queries() {
    printf "$1" >"$kb/queries/de.tsv"
    run "$HELPDEX" gate "$kb" --save --report "$work/none.html"
    expect_status 3
    expect_error "^$kb/queries/de.tsv:$2: .+; .+"
    expect_no_output
    expect "no report is written" [ ! -e "$work/none.html" ]
}
bad_queries 'a\trefund\nno tab here\n' 2:1
bad_queries 'ä\trefund\tx\n' 1:9
bad_queries 'a\trefund\nb\377\trefund\n' 2:2
printf 'Flug gestrichen\trefund\n' >"$kb/queries/de.tsv"
run "$HELPDEX" gate "$kb" --locale ko
expect_status 3
expect_error '^helpdex: no golden queries of ko; write queries/ko\.tsv '
run "$HELPDEX" gate "$work/nowhere"
expect_status 3
expect_error "^$work/nowhere/queries: .*; "
printf '{"version": 1,\n oops' >"$work/bad.json"
run "$HELPDEX" gate "$kb" --baseline "$work/bad.json"
expect_status 3
expect_error "^$work/bad.json:2:[0-9]: .*; restore it, or save a new one with"
run "$HELPDEX" gate "$kb" --baseline "$work/bad.json" --locale de --save
expect_status 3
run "$HELPDEX" gate "$kb" --baseline "$work/bad.json" --save
expect_status 0
run "$HELPDEX" gate "$kb" --baseline "$work/bad.json"
expect_output '^as in the baseline$'
run "$HELPDEX" gate "$kb" --index "$work/no-index"
expect_status 3
run "$HELPDEX" gate "$kb" --report "$work/no/such.html"
expect_status 3
expect_error "^$work/no/such.html: cannot create: .*; "
if [ -c /dev/full ]; then
    run "$HELPDEX" gate "$kb" --report /dev/full
    expect_status 3
    expect_error '^/dev/full: cannot write: .*; '
fi
