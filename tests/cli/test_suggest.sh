# helpdex suggest: what a person types, key by key.
set -u
. "$SOURCE_DIR/tests/cli/lib.sh"

kb=$work/kb
ix=$work/ix
small_kb "$kb"
run "$HELPDEX" index "$kb" --index "$ix"
expect_status 0
export HELPDEX_INDEX="$ix"

run "$HELPDEX" suggest --locale en get a ref
expect_status 0
expect_output '^Get a refund  title  refund  en$'
expect_no_error

run "$HELPDEX" suggest --locale en refnud
expect_status 0
expect_output '^Get a refund  title  refund  en  typo$'

run "$HELPDEX" suggest --locale th ขอเ
expect_status 0
expect_output '^ขอเงินคืน  title  refund  th$'

# The reader's own title, found by English.
run "$HELPDEX" suggest --locale de get a
expect_output '^Geld zurückbekommen  title  refund  de \(by en\)$'

run "$HELPDEX" suggest --locale en zzzz
expect_status 1
expect_no_output

run "$HELPDEX" suggest --locale en --json get
expect_status 0
expect_output '^\{"prefix":"get","locale":"en","generation":"0'
expect_output '"suggestions":\[\{"kind":"title","text":"Get a refund","id":"refund"'
expect_output '"locale":"en","fallback":false,"via":null,"match":"exact","score":0'

run "$HELPDEX" suggest --locale en --limit 1 --json re
expect "one is enough" [ "$(grep -o '"kind"' "$work/out" | wc -l)" = 1 ]

# A batch: an object a line, and its times.
printf 'k1\tg\nk2\tge\nk3\tzzzz\n' >"$work/keys.tsv"
run "$HELPDEX" suggest --locale en --batch "$work/keys.tsv" \
    --latency "$work/us"
expect_status 0
expect "each line has an object" [ "$(wc -l <"$work/out")" = 3 ]
expect_output '^\{"qid":"k2","prefix":"ge","locale":"en"'
expect_output '^\{"qid":"k3".*"suggestions":\[\]\}$'
expect "each line has a time" [ "$(grep -c '^[0-9]*$' "$work/us")" = 3 ]

# What is wrong is said, with a remedy.
run "$HELPDEX" suggest --locale en --limit 101 a
expect_status 2
expect_error 'limit 101; ask for 1 to 100 completions$'
run "$HELPDEX" suggest --locale "no tag" a
expect_status 2
expect_error '"no tag" is not a language tag; '
run "$HELPDEX" suggest --locale en a --batch "$work/keys.tsv"
expect_status 2
expect_error 'a prefix beside --batch; give one of them$'
run "$HELPDEX" suggest --locale en a --latency "$work/none"
expect_status 2
expect_error '--latency without --batch; '
printf 'k1\tg\nno tab\n' >"$work/bad.tsv"
run "$HELPDEX" suggest --locale en --batch "$work/bad.tsv"
expect_status 3
expect_error "^$work/bad.tsv:2:1: no query id before a tab; "
expect_no_output
run "$HELPDEX" suggest --locale en "$(printf 'a\377')"
expect_status 2
expect_error 'not UTF-8 at byte 1; '

# A pool with a byte that is not what was written serves nobody.
pool=$(find "$ix" -path '*/de/pool')
chmod u+w "$pool"
printf '\377' | dd of="$pool" bs=1 seek=200 conv=notrunc 2>/dev/null
run "$HELPDEX" suggest --locale en get
expect_status 3
expect_error 'de/pool: '
run "$HELPDEX" verify
expect_status 1
