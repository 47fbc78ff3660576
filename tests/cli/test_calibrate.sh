# Calibrating on messages of customers, from the first look to decisions that
# are not estimated any more.
set -u
. "${0%/*}/lib.sh"
kb=$work/kb
cp -r "$SOURCE_DIR/kb" "$kb"
HELPDEX_INDEX=$work/index
export HELPDEX_INDEX
run "$HELPDEX" index "$kb" --quiet
expect_status 0

# Real questions, and what no article of an exchange answers.
for locale in de th; do
    cp "$kb/queries/$locale.tsv" "$work/$locale.tsv"
done
i=0
while [ $i -lt 60 ]; do
    i=$((i + 1))
    printf 'wie backt man %d Brote im Ofen\t-\n' $i >>"$work/de.tsv"
    printf 'สูตรทำขนมปัง %d ก้อน\toos\n' $i >>"$work/th.tsv"
done

run "$HELPDEX" calibrate "$kb" "$work/de.tsv" --locale de \
    --report "$work/page.html"
expect_status 0
expect_output '^de: [0-9]+ messages, of which nothing answers 60; [0-9]+ more'
expect_output '^\.0 to \.1 +[0-9]+ +[0-9.]+% +[0-9.]+% +[0-9]+ to [0-9]+%$'
expect_output '^answered +[0-9.]+% \( ?[0-9]+ to +[0-9]+\) +[0-9.]+% '
expect_output '^answers (from 0\.[0-9]+|from: never), a person below 0\.[0-9]+;'
expect "nothing is saved unasked" [ ! -e "$kb/calibration" ]
expect "the page has a picture" grep -q '<svg .*<circle class="dot"' \
    "$work/page.html"
expect "the page takes nothing from outside" \
    sh -c "! grep -Eq '(src|href)=|https?:' '$work/page.html'"

# The same figures for programs; twice the same.
run "$HELPDEX" calibrate "$kb" "$work/th.tsv" --locale th --json
expect_status 0
cp "$work/out" "$work/first"
expect "the shares add up" python3 -c "
import json, sys
d = json.load(open(sys.argv[1]))
for part in d['before'], d['after']:
    assert sum(b['right']['of'] for b in part['bins']) == d['messages']
    assert sum(part[k]['count'] for k in ('answered', 'clarified', 'escalated')) \
        == d['messages']
    assert all(s['low'] <= s['share'] <= s['high'] for s in
               [part['right'], part['refused']] + [b['right'] for b in part['bins']])
assert d['unknown'] == 60 and d['saved'] is None and d['slope'] > 0
assert d['after']['ece'] < .2 and d['escalate'] <= (d['answer'] or 2)
" "$work/out"
run "$HELPDEX" calibrate "$kb" "$work/th.tsv" --locale th --json
expect "equal messages give equal figures" cmp -s "$work/out" "$work/first"

# Too few are not saved unless told, and exit 1 says so.
head -20 "$work/de.tsv" >"$work/few.tsv"
run "$HELPDEX" calibrate "$kb" "$work/few.tsv" --locale de --save
expect_status 1
expect_error 'too few messages .* give 100 or more, or --force'
expect "too few are not saved" [ ! -e "$kb/calibration/de.yml" ]

# What is saved is taken up by the next index, of its locale alone.
run "$HELPDEX" calibrate "$kb" "$work/de.tsv" --locale de_de --save --force
expect_status 0
expect_output 'saved as .*/calibration/de.yml; index'
if python3 -c 'import jsonschema, yaml' 2>/dev/null; then
    run python3 "$SOURCE_DIR/tests/cli/validate.py" \
        "$SOURCE_DIR/docs/schemas/calibration.json" "$kb/calibration/de.yml"
    expect_status 0
fi
run "$HELPDEX" ask --json --locale de 'Wie kann ich mein Konto schließen?'
expect_output '"estimated":true'
run "$HELPDEX" index "$kb"
expect_status 0
expect_no_error
run "$HELPDEX" ask --json --locale de 'Wie kann ich mein Konto schließen?'
expect_output '"estimated":false'
run "$HELPDEX" ask --json --locale th 'ปิดบัญชียังไง'
expect_output '"estimated":true'

# A limit that is never reached answers nothing; it asks back instead.
printf 'bias: 0\nslope: 1\nanswer: never\nescalate: 0\nmessages: 500\n' \
    >"$kb/calibration/de.yml"
run "$HELPDEX" index "$kb"
expect_status 0
run "$HELPDEX" ask --json --locale de 'Wie kann ich mein Konto schließen?'
expect_output '"decision":"clarify"'
run "$HELPDEX" verify
expect_status 0

# refused FILE TEXT WHAT: the index goes on serving without it.
refused() {
    printf '%b' "$2" >"$kb/calibration/$1"
    run "$HELPDEX" index "$kb"
    expect_status 3
    expect_error "/calibration/$1:?[0-9:]* .*$3"
    rm "$kb/calibration/$1"
}
sound='bias: 0\nslope: 1\nanswer: 0.8\nescalate: 0.2\nmessages: 500\n'
refused ja.yml 'bias: 0\n' 'is missing; run helpdex calibrate again'
refused ja.yml 'bias: much\n' 'no number that can be meant'
refused ja.yml "$sound"'bias: 1\n' 'bias'
refused ja.yml "$sound"'slop: 1\n' 'slop'
refused ja.yml 'bias: 0\nslope: 0\nanswer: 1\nescalate: 0\nmessages: 1\n' \
    'no number'
refused ja.yml 'bias: 0\nslope: 1\nanswer: .2\nescalate: .3\nmessages: 1\n' \
    'escalate is over answer'
refused ja.yml '- 1\n' 'no calibration'
refused zh_hans.yml "$sound" 'call it zh-Hans.yml'
refused 'not a tag.yml' "$sound" 'the name is no locale'
printf '%b' "$sound" >"$kb/calibration/sv.yml"
run "$HELPDEX" index "$kb"
expect_status 0
expect_error 'no article is in this locale'

# Rows and options that are wrong.
bad() {
    printf '%b' "$1" >"$work/bad.tsv"
    run "$HELPDEX" calibrate "$kb" "$work/bad.tsv" --locale de
    expect_status 3
    expect_error "$2"
}
bad 'kein Tab\n' 'bad\.tsv:1:'
bad 'frage\tno-such-article\n' 'bad\.tsv:1:[0-9]+: no article has the id'
bad 'frage\tfees\nfrage\t-\n' 'bad\.tsv:[12]:[0-9]+: .*keep one'
bad '' 'bad\.tsv'
run "$HELPDEX" calibrate "$kb" "$work/de.tsv" --precision 101
expect_status 2
run "$HELPDEX" calibrate "$kb"
expect_status 2
run "$HELPDEX" calibrate "$work/nowhere" "$work/de.tsv" --locale de --save \
    --force
expect_status 3
expect_error 'give the knowledge base'
