# helpdex search, as a user types it.
set -u
. "${0%/*}/lib.sh"

kb=$work/kb
ix=$work/ix
small_kb "$kb"
article "$kb/en/odd.md" "odd id" "Wombats & <wallabies>" <<'BODY'
Say "wombat" & <b>nothing</b> else, isn't it < 3?
BODY
printf -- '---\nid: zebra\ntitle: "Zebra \\e[31m"\n---\n\n%s\n\n%s\n' \
    "## $(printf '\033[31mStripes\302\23331m of')" \
    "$(printf 'A zebra has \033]0;title\007 stripes \177\302\23331m red.')" \
    >"$kb/en/zebra.md"
printf 'url: "https://help.example/{locale}/{id}"\n' >"$kb/helpdex.yml"
"$HELPDEX" index "$kb" --index "$ix" --quiet || fail "the index was not built"
export HELPDEX_INDEX="$ix"

# Words need no quotes, and quotes do no harm.
run "$HELPDEX" search gestrichener Flug --locale de
expect_status 0
expect_output '^ 1\. Geld zurückbekommen'
expect_output '^    refund#erstattung-bei-gestrichenem-flug  de  [0-9.]+$'
expect_output '^    https://help\.example/de/refund'
expect_no_error
cp "$work/out" "$work/unquoted"
run "$HELPDEX" search --locale de "gestrichener Flug"
expect "quotes change nothing" cmp -s "$work/out" "$work/unquoted"
run "$HELPDEX" search --locale de -- gestrichener Flug
expect "-- changes nothing" cmp -s "$work/out" "$work/unquoted"
run "$HELPDEX" search เที่ยวบินถูกยกเลิก --locale th
expect_status 0
expect_output '^    refund#.*  th  '

# A typing error is found, and its correction offered, in both shapes.
run "$HELPDEX" search gestrihcenem Flug --locale de
expect_status 0
expect_output '^meinten Sie: gestrichenem Flug$'
expect_output '^ 1\. Geld zurückbekommen'
run "$HELPDEX" search gestrihcenem Flug --locale de --json
expect_output '"correction":\{"text":"gestrichenem Flug"\}'

# Plain text: no escapes but the article's own characters.
run "$HELPDEX" search wombat --locale en
expect_status 0
expect_output 'Say "wombat" & .*nothing.* else, isn.t it < 3'
expect_no_output '<mark>|&amp;|&lt;|&quot;'

# What an article or its name holds is not obeyed by the terminal: ESC, and
# U+009B that stands for ESC [. Character references bring both past YAML.
escape=$(printf '\033')
c1=$(printf '\302\233')
run "$HELPDEX" search zebra stripes --locale en --color never
expect_status 0
expect_output '^ 1\. '
expect_output '\[31mStripes.*of'
expect_no_output "$escape|$c1|$(printf '\177')"
run "$HELPDEX" search zebra stripes --locale en --color always
expect_no_output "$escape\[31m|$c1"

# What the locale lacks comes from its fallback, labelled.
run "$HELPDEX" search surfboard --locale de
expect_status 0
expect_output '^    surfboard  en  [0-9.]+  nicht in Ihrer Sprache vorhanden$'
run "$HELPDEX" search surfboard --locale en
expect_no_output 'not in your language'
run "$HELPDEX" search surfboard --locale de --json
expect_output '"fallback":[[:space:]]*true'

# A translation that is behind its source is labelled, however it is shown.
small_kb "$work/stale"
"$HELPDEX" index "$work/stale" --index "$work/six" --quiet ||
    fail "the index was not built"
printf '\nThe money goes back to the card.\n' \
    >>"$work/stale/en/money/refund.md"
"$HELPDEX" index "$work/stale" --index "$work/six" --quiet ||
    fail "the index was not built"
run "$HELPDEX" search Erstattung --locale de --index "$work/six"
expect_output '  Übersetzung nicht auf dem neuesten Stand \(1/2\)$'
run "$HELPDEX" search Erstattung --locale de --index "$work/six" --json
expect_output '"stale":\{"behind":1,"sections":2\}'
run "$HELPDEX" search Refund --locale en --index "$work/six"
expect_no_output '\([0-9]+/[0-9]+\)'

# A question in another language says where it was found.
run "$HELPDEX" search cancelled flight --locale th
expect_output '^    refund#[^ ]+  en → th  [0-9.]+$'
run "$HELPDEX" search cancelled flight --locale th --json
expect_output '"fallback":false,"via":"en",'

# Nothing found is an answer, and the answer is "no".
for query in xylophone "?!" "" "   "; do
    run "$HELPDEX" search "$query" --locale en
    expect_status 1
    expect_output '^nothing found$'
    run "$HELPDEX" search "$query" --locale en --json
    expect_status 1
    expect_output '"hits":[[:space:]]*\[\]'
done

# --limit counts articles.
run "$HELPDEX" search the refund surfboard wombat --locale en --limit 1
expect_status 0
expect_output '^ 1\. '
expect_no_output '^ 2\. '
run "$HELPDEX" search refund surfboard wombat --locale en --limit 1000
expect_output '^ 3\. '

# A locale in any spelling; one that is none.
run "$HELPDEX" search Erstattung --locale DE_ch
expect_status 0
expect_no_output fallback
run "$HELPDEX" search Erstattung --locale 'not a tag'
expect_status 2
expect_error '^helpdex: "not a tag" is not a language tag; '

# Hostile words: none of them is more than a question.
long=$(printf '%070000d' 0)
for query in "$long" 'a" OR *:*' '../../etc/passwd' '%s%n%s' 'K"fee' \
    "$(printf 'a\tb\nc')" "$(printf '\342\200\256refund')"; do
    run "$HELPDEX" search "$query" --locale en
    expect "the status of a hostile question is 0 or 1" [ "$status" -le 1 ]
    run "$HELPDEX" search "$query" --locale th --json
    expect "the status of a hostile question is 0 or 1" [ "$status" -le 1 ]
done
run "$HELPDEX" search "$(printf 'refund \377')" --locale en
expect_status 2
expect_error '^helpdex: .*UTF-8.*; '

# A batch: TREC lines, from a file and from standard input.
printf 'q1\trefund for a flight\nq2\tsurfboard\r\n\nq3\twombat\nq4\t?!' \
    >"$work/batch.tsv"
run "$HELPDEX" search --batch "$work/batch.tsv" --locale en --format trec
expect_status 0
expect "every line is a TREC run line" [ "$(grep -Evc \
    '^q[0-9] Q0 [^ ]+ [0-9]+ [0-9]+\.[0-9]+ helpdex$' "$work/out")" = 0 ]
expect_output '^q1 Q0 refund '
expect_output '^q2 Q0 surfboard 1 '
expect_output '^q3 Q0 odd%20id 1 '
expect_no_output '^q4 '
cp "$work/out" "$work/run"
run_with "$work/batch.tsv" "$HELPDEX" search --batch - --locale en
expect_status 0
expect "trec is the default, - is standard input" \
    cmp -s "$work/out" "$work/run"
run "$HELPDEX" search --batch "$work/batch.tsv" --locale en --limit 1
expect "one article a query" [ "$(wc -l <"$work/out")" = 3 ]
{
    printf '\357\273\277'
    cat "$work/batch.tsv"
} >"$work/marked.tsv"
run "$HELPDEX" search --batch "$work/marked.tsv" --locale en
expect "a byte order mark is no part of the first query id" \
    cmp -s "$work/out" "$work/run"
printf '\357\273\277' >"$work/mark.tsv"
run "$HELPDEX" search --batch "$work/mark.tsv" --locale en
expect_status 0
expect_no_output
expect_no_error
run "$HELPDEX" search --batch /dev/null --locale en
expect_status 0
expect_no_output

run "$HELPDEX" search --batch "$work/batch.tsv" --locale en --format json
expect_status 0
expect "an object a line" [ "$(grep -c '^{"qid":"q[1-4]",.*}$' \
    "$work/out")" = 4 ]
cp "$work/out" "$work/lines.json"
run "$HELPDEX" search --batch "$work/batch.tsv" --locale en --json
expect "--json of a batch is --format json" \
    [ "$(grep -c '^{"qid":' "$work/out")" = 4 ]

# Latencies, one integer for each query, in the order of the queries.
run "$HELPDEX" search --batch "$work/batch.tsv" --locale en \
    --latency "$work/latency"
expect_status 0
expect "the run is the same" cmp -s "$work/out" "$work/run"
expect "four integers" [ "$(grep -Ec '^[0-9]+$' "$work/latency")" = 4 ]
expect "and nothing else" [ "$(wc -l <"$work/latency")" = 4 ]
run "$HELPDEX" search --batch "$work/batch.tsv" --latency "$work/none/such"
expect_status 3
expect_error "^$work/none/such: cannot create: .*; "

# A malformed line is named, and no line before it is answered.
bad_batch() {
    printf "$1" >"$work/bad.tsv"
    run "$HELPDEX" search --batch "$work/bad.tsv" --locale en
    expect_status 3
    expect_error "^$work/bad.tsv:$2: .+; .+"
    expect_no_output
}
# A carriage return ends no line by itself, and cuts no query short.
printf 'q1\tzebra\rrefund\r\n' >"$work/return.tsv"
run "$HELPDEX" search --batch "$work/return.tsv" --locale en
expect_output '^q1 Q0 refund '
bad_batch 'q1\trefund\nno tab here\n' 2:1
bad_batch 'q1\trefund\nq2\tflight\n\trefund\n' 3:1
bad_batch 'q1\trefund\nqü 1\trefund\n' 2:3
expect_error ': a query id has no spaces; '
bad_batch 'q1\trefund\nq2\tf\344hre\n' 2:5
bad_batch 'q1\trefund\nq2\tfli\000ght\nq3\trefund\n' 2:7
run "$HELPDEX" search --batch "$work/none.tsv"
expect_status 3
expect_error "^$work/none.tsv: cannot open: .*; "
run "$HELPDEX" search --batch "$work"
expect_status 3
expect_error "^$work: cannot read: .*; "

# A full disk is no silent success.
if [ -c /dev/full ]; then
    status=0
    ran="search >/dev/full"
    "$HELPDEX" search refund --locale en >/dev/full 2>"$work/err" || status=$?
    expect_status 3
    expect_error '^helpdex: cannot write the output: .*; '
    run "$HELPDEX" search --batch "$work/batch.tsv" --locale en \
        --latency /dev/full
    expect_status 3
    expect_error '^/dev/full: cannot write: .*; '
fi

# --json, for programs.
command -v python3 >/dev/null 2>&1 || {
    echo "python3 is not here: --json was not read"
    exit 0
}
run "$HELPDEX" search gestrichener Flug surfboard wombat --locale de --json
expect_status 0
cp "$work/out" "$work/one.json"
cat >"$work/check.py" <<'PYTHON'
import json, re, sys

TOP = ["query", "locale", "generation", "took_us", "correction", "banners",
       "hits", "topics", "contact"]
HIT = {"rank": int, "id": str, "section": str, "locale": str,
       "fallback": bool, "via": (str, type(None)), "title": str,
       "heading_path": list, "snippet": str, "snippet_html": str, "url": str,
       "deep_link": (str, type(None)), "score": (int, float),
       "confidence": (int, float), "stale": (dict, type(None))}

def check(found):
    assert [key for key in found if key != "qid"] == TOP, list(found)
    assert isinstance(found["took_us"], int)
    assert isinstance(found["banners"], list)
    assert found["correction"] is None or "text" in found["correction"]
    for rank, hit in enumerate(found["hits"], 1):
        assert set(hit) - {"explain"} == set(HIT), set(hit) ^ set(HIT)
        for key, kind in HIT.items():
            assert isinstance(hit[key], kind), (key, hit[key])
        assert hit["rank"] == rank
        bare = re.sub("</?mark>", "", hit["snippet_html"])
        assert "<" not in bare and ">" not in bare, bare
        assert not re.search("&(?!(amp|lt|gt|quot|#39);)", bare), bare
    ids = [hit["id"] for hit in found["hits"]]
    assert len(ids) == len(set(ids)), ids

one = json.load(open(sys.argv[1], encoding="utf-8"))
check(one)
assert one["query"] == "gestrichener Flug surfboard wombat", one["query"]
assert one["locale"] == "de" and one["generation"] == sys.argv[3]
assert {hit["id"] for hit in one["hits"]} == {"refund", "surfboard", "odd id"}
for score in re.findall(r'"score":\s*([^,}\s]+)', open(sys.argv[1]).read()):
    assert re.fullmatch(r"[0-9]+(\.[0-9]{1,6})?", score), score
refund = next(hit for hit in one["hits"] if hit["id"] == "refund")
assert refund["heading_path"] == ["Erstattung bei gestrichenem Flug"], refund
assert refund["url"].startswith("https://help.example/de/refund"), refund
assert "<mark>" in refund["snippet_html"], refund
lines = open(sys.argv[2], encoding="utf-8").read().splitlines()
for number, line in enumerate(lines, 1):
    check(json.loads(line))
    assert json.loads(line)["qid"] == "q%d" % number
PYTHON
expect "search --json has its shape" \
    python3 "$work/check.py" "$work/one.json" "$work/lines.json" \
    "$(live "$ix")"

# What was found by its sound is marked where it stands, in its own script.
article "$work/sound/zh-Hans/money/late.md" late "充值没有到账" <<'TEXT'
绝大多数未到账只是在等网络确认。
TEXT
article "$work/sound/ja/money/late.md" late "スマホをなくした" <<'TEXT'
新しいスマホでログインしてください。
TEXT
"$HELPDEX" index "$work/sound" --index "$work/sound.ix" --quiet ||
    fail "the index of sounds was not built"
run "$HELPDEX" search --index "$work/sound.ix" --locale zh-Hans --json daozhang
expect_output '未<mark>到账</mark>只是'
run "$HELPDEX" search --index "$work/sound.ix" --locale ja --json sumaho
expect_output '新しい<mark>スマホ</mark>で'

# An article that is not for this reader in their language is, in another.
article "$work/there/en/zebra.md" zebra Zebra <<'TEXT'
A zebra.
TEXT
article "$work/there/de/zebra.md" zebra Zebra <<'TEXT'
Ein Zebra.
TEXT
sed -i 's/^id: zebra/&\nregions: [us, de]/' "$work/there/en/zebra.md"
sed -i 's/^id: zebra/&\nregions: [de]/' "$work/there/de/zebra.md"
"$HELPDEX" index "$work/there" --index "$work/there.ix" --quiet ||
    fail "the index of regions was not built"
run "$HELPDEX" search --index "$work/there.ix" --locale de --region us zebra
expect_output '^    zebra  en '
run "$HELPDEX" search --index "$work/there.ix" --locale de --region de zebra
expect_output '^    zebra  de '

# Where a translation could do harm, its fresh source stands before it; the
# source alone need say so.
article "$work/risk/en/hacked.md" hacked "Account hacked" <<'TEXT'
Freeze your account at once.
TEXT
article "$work/risk/de/hacked.md" hacked "Konto gehackt" <<'TEXT'
Sperren Sie Ihr Konto sofort.
TEXT
sed -i 's/^id: hacked/&\nstakes: high/' "$work/risk/en/hacked.md"
"$HELPDEX" index "$work/risk" --index "$work/risk.ix" --quiet ||
    fail "the index of risks was not built"
sed -i 's/Freeze your account/Call us/' "$work/risk/en/hacked.md"
"$HELPDEX" index "$work/risk" --index "$work/risk.ix" --quiet ||
    fail "the index of risks was not built anew"
run "$HELPDEX" search --index "$work/risk.ix" --locale de Konto gehackt
expect_output '^ 1\. Account hacked$'
expect_output '^ 2\. Konto gehackt$'
expect_output '^    hacked  de  .*\(1/1\)$'
