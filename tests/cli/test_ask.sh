# Conversations over the sample articles, as customers have them in four
# languages, and what a program gets of them.
set -u
. "${0%/*}/lib.sh"
HELPDEX_INDEX=$work/index
HELPDEX_SESSION_KEY=0123456789abcdef0123456789abcdef
export HELPDEX_INDEX HELPDEX_SESSION_KEY
run "$HELPDEX" index "$SOURCE_DIR/kb" --quiet
expect_status 0

# field EXPRESSION: of the decision `d` that was printed last.
field() {
    python3 -c "
import json, sys
d = json.load(open(sys.argv[1], encoding='utf-8'))
print($1)" "$work/out"
}

# expect_field EXPRESSION TEXT
expect_field() {
    checks=$((checks + 1))
    got=$(field "$1")
    [ "$got" = "$2" ] || {
        fail "expected that $1 is $2, got $got"
        show
    }
}

# ask LOCALE MESSAGE...: begins; reply MESSAGE...: goes on in a new process.
ask() {
    locale=$1
    shift
    run "$HELPDEX" ask --json --locale "$locale" "$@"
    expect_status 0
    session=$(field "d['session']")
}
reply() {
    run "$HELPDEX" ask --json --session "$session" "$@"
    expect_status 0
    session=$(field "d['session']")
}

# A missing deposit, from the first words to a person who knows all of it.
missing() {
    ask "$1" "$2"
    expect_field "d['decision']" clarify
    expect_field "d['reassurance'] is not None" True
    expect_field "[o['value'] for o in d['options']]" "['crypto', 'bank', 'card']"
    expect_field "d['options'][1]['label']" "$3"
    reply "$3"
    expect_field "d['decision'], d['locale']" "answer $1"
    expect_field "d['answer']['citations'][0]['id']" missing-deposit
    expect_field "d['answer']['citations'][0]['locale']" "$1"
    reply "$(field "d['options'][0]['label']")"
    expect_field "d['decision']" escalate
    expect_field "d['handoff']['queue'], d['handoff']['urgency']" \
        'deposits urgent'
    expect_field "d['handoff']['locale']" "$1"
    expect_field "d['handoff']['slots']['method']" bank
    expect_field "d['handoff']['tried']['answers'][0]['answer']" "$3"
    expect_field "d['handoff']['summary']" "$2"
}
missing en "my deposit is missing" "By bank transfer"
missing de "mein Geld ist nicht angekommen" "Per Überweisung"
missing th "เงินไม่เข้า" "โอนผ่านธนาคาร"
missing ar "فلوسي ما وصلت" "حوالة بنكية"

# Whoever wants a person gets one at once, with a packet that is sound.
ask ja "人間と話したい"
expect_field "d['decision'], d['reasons']" "escalate ['person_asked']"
field "json.dumps(d['handoff'])" >"$work/packet.json"
if python3 -c 'import jsonschema, yaml' 2>/dev/null; then
    run python3 "$SOURCE_DIR/tests/cli/validate.py" \
        "$SOURCE_DIR/docs/schemas/handoff.json" "$work/packet.json"
    expect_status 0
else
    echo "python3-jsonschema and python3-yaml are not here"
fi

# What the caller knows is not asked; what is not for them is not shown.
ask en --context deposit.method=crypto "my deposit is missing"
expect_field "[o['value'] for o in d['options']]" \
    "['waiting', 'memo', 'network']"
ask en --context account.state=frozen "my deposit is missing"
expect_field "d['decision'], d['handoff']['context']" \
    "escalate {'account.state': 'frozen'}"
ask de --context region=DE --platform ios "Einzahlung fehlt"
expect_field "d['decision']" clarify

# In the middle of a question another matter, surely meant, is heard.
ask en "my deposit is missing"
reply "someone hacked my account"
expect_field "d['decision'] != 'clarify' or d['options'][0]['value'] != 'crypto'" \
    True
ask en "my deposit is missing"
reply "xyzzy"
expect_field "d['reasons']" "['path', 'not_understood']"
reply "xyzzy"
expect_field "d['decision']" escalate

# A session that is forged, of another key, or of none of us begins anew.
for bad in "${session}0" "v1.abc.def" "$(printf %s "$session" | tr 1-4 5-8)"; do
    run "$HELPDEX" ask --json --locale en --session "$bad" "my deposit is missing"
    expect_status 0
    expect_field "d['reasons'][0]" session_refused
    expect_field "d['decision']" clarify
done
run env HELPDEX_SESSION_KEY=fedcba9876543210 "$HELPDEX" ask --json \
    --session "$session" "my deposit is missing"
expect_field "d['reasons'][0]" session_refused

# One that is over says so: the same token, signed as of the year 2001.
old=$(python3 -c "
import base64, hashlib, hmac, json, sys
body = sys.argv[1].split('.')[1]
plain = json.loads(base64.urlsafe_b64decode(body + '=' * (-len(body) % 4)))
plain['e'] = 1000000000
text = json.dumps(plain, ensure_ascii=False).encode()
body = 'v1.' + base64.urlsafe_b64encode(text).rstrip(b'=').decode()
key = sys.argv[2].encode()
print(body + '.' + hmac.new(key, body.encode(), hashlib.sha256).hexdigest())
" "$session" "$HELPDEX_SESSION_KEY")
run "$HELPDEX" ask --json --locale en --session "$old" "my deposit is missing"
expect_status 0
expect_field "d['reasons'][0]" session_expired

# A conversation on standard input, as a person reads it.
printf 'Handy verloren\n1\nMitarbeiter\n' >"$work/lines"
run_with "$work/lines" "$HELPDEX" ask --locale de
expect_status 0
expect_output 'Wie ist Ihre Lage\?'
expect_output '1\. Mein Handy wurde gestohlen'
expect_output '\[escalate 1\.00: person_asked\]'

# A batch: an object a line, and each begins for itself.
printf '%s\t%s\n' q1 "my deposit is missing" q2 "เงินไม่เข้า" \
    q3 "I want a human" >"$work/batch.tsv"
run "$HELPDEX" ask --batch "$work/batch.tsv" --locale en
expect_status 0
expect "each line of a batch is a decision" python3 -c "
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1], encoding='utf-8')]
assert [r['qid'] for r in rows] == ['q1', 'q2', 'q3']
assert all(r['human'] and r['session'] is None for r in rows)
assert [r['decision'] for r in rows][::2] == ['clarify', 'escalate']
" "$work/out"

# What is wrong is said, with what to do.
refused() {
    status_wanted=$1 said=$2
    shift 2
    run "$HELPDEX" ask "$@"
    expect_status "$status_wanted"
    expect_no_output
    expect_error "$said"
}
refused 2 'write --context NAME=VALUE' --context region hello
refused 2 'write --context NAME=VALUE' --context =DE hello
refused 2 'leave one of them out' --batch "$work/batch.tsv" hello
refused 2 'leave --session out' --batch "$work/batch.tsv" --session x
refused 2 '-.latency is for --batch' --latency "$work/l" hello
refused 2 'language tag|no tag|locale' --locale 'no tag' hello
refused 2 'not UTF-8 at byte 2' "ab$(printf '\377')"
refused 2 'an empty message; give what' '  '
refused 3 'cannot|no such|not there' --batch "$work/nowhere.tsv"
ask en "how do I close my account"
refused 2 'an empty message; give what' --session "$session" ''
unset HELPDEX_SESSION_KEY
refused 2 'set HELPDEX_SESSION_KEY' --session x hello
HELPDEX_SESSION_KEY=short
export HELPDEX_SESSION_KEY
refused 2 'a key of 5 bytes; take 16' hello
run "$HELPDEX" ask --index "$work/nowhere" hello
expect_error 'helpdex index'
