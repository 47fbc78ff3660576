# --batch - in a pipe: another program writes a line, waits for the answer, and
# writes the next.
set -u
. "${0%/*}/lib.sh"

kb=$work/kb
ix=$work/ix
small_kb "$kb"
"$HELPDEX" index "$kb" --index "$ix" --quiet || fail "the index was not built"
export HELPDEX_INDEX="$ix"

# start COMMAND...: talk to it by `tell`.
start() {
    ran=$*
    rm -f "$work/to" "$work/from"
    mkfifo "$work/to" "$work/from"
    "$@" <"$work/to" >"$work/from" 2>"$work/err" &
    talker=$!
    exec 8>"$work/to" 9<"$work/from"
}

# tell LINE: $work/out is the one line that it answers.
tell() {
    printf '%b\n' "$1" >&8
    read -r line <&9
    printf '%s\n' "$line" >"$work/out"
}

hang_up() {
    exec 8>&- 9<&-
    status=0
    wait "$talker" || status=$?
    look_for_crash
}

start "$HELPDEX" search --batch - --format json --locale de
tell 'a\tgestrichener Flug'
expect_output '^\{"qid":"a","query":"gestrichener Flug",.*"id":"refund"'
tell 'b\tเที่ยวบิน'
expect_output '^\{"qid":"b".*"via":"th"'
tell 'c\tqqqq'
expect_output '^\{"qid":"c".*"hits":\[\]'
hang_up
expect_status 0
expect_no_error

# A faulty line has an answer, too, and ends nothing.
start "$HELPDEX" search --batch - --format json --locale de
tell '\0357\0273\0277a\tFlug'
expect_output '^\{"qid":"a"'
tell 'no tab'
expect_output '^\{"qid":null,"error":"no query id before a tab; '
tell 'b\tFl\0377ug'
expect_output '^\{"qid":null,"error":"byte 0xFF is not text in UTF-8; '
tell 'c\tFlug\r'
expect_output '^\{"qid":"c","query":"Flug"'
hang_up
expect_status 3
expect_error '^-:2:1: no query id before a tab'
expect_error '^-:3:5: byte 0xFF is not text'

start "$HELPDEX" search --batch - --format json --locale 'no tag'
tell 'a\tFlug'
expect_output '^\{"qid":"a","error":".*is not a language tag'
hang_up
expect_status 2

start "$HELPDEX" suggest --batch - --locale de
tell 'a\tGeld'
expect_output '^\{"qid":"a","prefix":"Geld"'
tell 'b\tErst'
expect_output '^\{"qid":"b","prefix":"Erst"'
hang_up
expect_status 0

# Run lines are for files: there a fault leaves nothing half written.
printf 'a\tFlug\nno tab\n' >"$work/in"
ran="cat | helpdex search --batch -"
status=0
cat "$work/in" | "$HELPDEX" search --batch - --locale de \
    >"$work/out" 2>"$work/err" || status=$?
expect_status 3
expect_no_output
run_with "$work/in" "$HELPDEX" search --batch - --format json --locale de
expect_status 3
expect_no_output
