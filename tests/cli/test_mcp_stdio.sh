# helpdex mcp: messages as lines, whatever is in them, until the input ends.
set -u
. "${0%/*}/lib.sh"

kb=$work/kb
ix=$work/ix
small_kb "$kb"
"$HELPDEX" index "$kb" --index "$ix" --quiet || fail "the index was not built"
export HELPDEX_INDEX="$ix"

# message ID METHOD [PARAMS]: one line.
message() {
    printf '{"jsonrpc":"2.0","id":%s,"method":"%s","params":%s}\n' \
        "$1" "$2" "${3:-{\}}"
}

# search ID QUERY [LOCALE]
search() {
    message "$1" tools/call "{\"name\":\"search_help\",\"arguments\":{\
\"query\":\"$2\"${3:+,\"locale\":\"$3\"}}}"
}

lines() {
    [ "$(wc -l <"$work/out")" = "$1" ]
}

# One answer a line, in the order of the requests; the last needs no end.
{
    message 1 ping
    printf '\n  \r\n{"jsonrpc":"2.0","method":"notifications/cancelled"}\n'
    printf 'rubbish\n\377\376\n'
    search 2 Erstattung de
    printf '{"jsonrpc":"2.0","id":3,"method":"ping"}'
} >"$work/in"
run_with "$work/in" "$HELPDEX" mcp
expect_status 0
expect_no_error
expect "five answers" lines 5
expect_output '^\{"jsonrpc":"2.0","id":1,"result":\{\}\}$'
expect_output '^\{"jsonrpc":"2.0","id":2,.*Erstattung bei gestrichenem Flug'
expect_output '^\{"jsonrpc":"2.0","id":3,"result":\{\}\}$'

# A line of two megabytes is refused, and the next one answered.
{
    head -c 2000000 /dev/zero | tr '\0' 'x'
    echo
    message 4 ping
    head -c 2000000 /dev/zero | tr '\0' '['
} >"$work/in"
run_with "$work/in" "$HELPDEX" mcp
expect_status 0
expect "three answers" lines 3
expect_output '"id":4,"result":\{\}'
expect_output '"code":-32600,"message":"the message is too long; send less"'

# Any bytes at all.
for bytes in 1000 100000; do
    head -c "$bytes" /dev/urandom >"$work/in"
    message 5 ping | { echo; cat; } >>"$work/in"
    run_with "$work/in" "$HELPDEX" mcp
    expect_status 0
    expect_output '"id":5,"result":\{\}'
done

# The reader of the command line stands in where a call does not say.
article "$kb/en/money/tax.md" tax "Pay your tax" <<'BODY'
The tax office wants a statement.
BODY
sed -i '2i regions: [GB]' "$kb/en/money/tax.md"
"$HELPDEX" index "$kb" --index "$ix" --quiet || fail "the index was not built"
search 6 "tax statement" >"$work/in"
run_with "$work/in" "$HELPDEX" mcp --locale en --region GB
expect_output 'The tax office'
run_with "$work/in" "$HELPDEX" mcp --locale en --region FR
expect_no_output 'The tax office'
message 7 resources/list >"$work/in"
run_with "$work/in" "$HELPDEX" mcp --region GB
expect_output '"uri":"helpdex://articles/en/tax"'
run_with "$work/in" "$HELPDEX" mcp --region FR
expect_no_output 'articles/en/tax'
message 8 resources/read '{"uri":"helpdex://articles/en/tax"}' >"$work/in"
run_with "$work/in" "$HELPDEX" mcp --region FR
expect_output '"id":8,"error":\{"code":-32002,'

# A generation that is published while it runs answers the next message.
mkfifo "$work/requests" "$work/answers"
"$HELPDEX" mcp <"$work/requests" >"$work/answers" 2>"$work/err" &
mcp=$!
exec 8>"$work/requests" 9<"$work/answers"
search 9 unicorn en >&8
read -r answer <&9
expect "nothing about unicorns" sh -c 'case $1 in *"Nothing found"*) ;; *) exit 1; esac' - "$answer"
article "$kb/en/luggage/unicorn.md" unicorn "Take a unicorn" <<'BODY'
A unicorn needs a passport.
BODY
"$HELPDEX" index "$kb" --index "$ix" --quiet || fail "the index was not built"
search 10 unicorn en >&8
read -r answer <&9
expect "the new article" sh -c 'case $1 in *"needs a passport"*) ;; *) exit 1; esac' - "$answer"

# One that cannot be read is said to operators; the one before serves.
cp "$ix/CURRENT" "$work/current"
echo "00000099-0123456789abcdef" >"$ix/CURRENT"
search 11 unicorn en >&8
read -r answer <&9
expect "the article still" sh -c 'case $1 in *"needs a passport"*) ;; *) exit 1; esac' - "$answer"
cp "$work/current" "$ix/CURRENT"
exec 8>&- 9<&-
status=0
wait "$mcp" || status=$?
ran="helpdex mcp"
expect_status 0
look_for_crash

# Who reads no answers ends it.
message 12 ping >"$work/in"
{
    "$HELPDEX" mcp <"$work/in"
    echo $? >"$work/code"
} | :
expect "status 0 behind a closed pipe" grep -qx 0 "$work/code"

run "$HELPDEX" mcp --index "$work/none"
expect_status 3
expect_error 'none: '
run "$HELPDEX" mcp now
expect_status 2
expect_error 'too many arguments'
