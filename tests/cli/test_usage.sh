# The command line itself: help, suggestions, colours, and status 2.
set -u
. "${0%/*}/lib.sh"

kb=$work/kb
ix=$work/ix
small_kb "$kb"
"$HELPDEX" index "$kb" --index "$ix" --quiet || fail "the index was not built"
export HELPDEX_INDEX="$ix"

run "$HELPDEX" --version
expect_status 0
expect_output '^helpdex [0-9]+\.[0-9]+\.[0-9]+$'
expect_no_error

# --help tells each command with its own options, and no other's.
run "$HELPDEX" --help
expect_status 0
for command in index search verify; do
    expect_output "^  $command "
done
expect_output 'Exit status: 0 done'
expect_no_error
run "$HELPDEX"
expect_status 2
expect_no_output
expect_error '^Usage: helpdex COMMAND'

options_of() {
    run "$HELPDEX" "$1" --help
    expect_status 0
    expect_output "^Usage: helpdex $1"
    for option in index locale limit batch format latency full locales json \
        quiet color version help region platform app-version budget explain
    do
        case " $2 index locale json quiet color locales version help " in
        *" $option "*) expect_output "^  --$option( |\$)" ;;
        *) expect_no_output "^  --$option( |\$)" ;;
        esac
    done
}
options_of index "full"
options_of search \
    "limit batch format latency region platform app-version budget explain"
options_of suggest "limit batch latency region platform app-version"
options_of verify ""

# wrong MESSAGE ARGUMENTS...: status 2, one line, and nothing else.
wrong() {
    message=$1
    shift
    run "$HELPDEX" "$@"
    expect_status 2
    expect_error "^helpdex: $message"
    expect "it is one line" [ "$(wc -l <"$work/err")" = 1 ]
    expect "it says what to do" grep -q '; [^ ]' "$work/err"
    expect_no_output
}
wrong 'no such command: serch; did you mean search\?' serch refund
wrong 'no such command: veryfy; did you mean verify\?' veryfy
wrong 'no such command: frobnicate; see helpdex --help' frobnicate
wrong 'no such command: ' ""
wrong 'no such option: --limt.*; did you mean --limit\?' search --limt 3 a
wrong 'no such option: --locle.*; did you mean --locale\?' search --locle=de a
wrong 'no such option: --zzzzzz; see helpdex --help' search --zzzzzz
wrong 'no such option: -x' search -x
wrong 'no such option: -x' search -xy
wrong 'no such option: -x' -xy search
wrong '--json takes no value; ' search --json=yes refund
wrong 'not an option of this command: --full; ' search refund --full
wrong 'not an option of this command: --limit; ' index "$kb" --limit 3
wrong 'not an option of this command: --batch; ' verify --batch -
wrong 'too few arguments to index; ' index
wrong 'too few arguments to search; ' search
wrong 'too many arguments to index; ' index "$kb" "$kb"
wrong 'too many arguments to verify; ' verify "$ix"
wrong 'a value is missing after --locale; ' search refund --locale
wrong 'a value is missing after --index; ' verify --index
wrong 'not a choice: sometimes; ' search refund --color sometimes
wrong 'not a choice: ; ' search refund --color ''
wrong 'not a choice: xml; ' search --batch "$work/none" --format xml
for number in 0 -1 1001 3x '' 99999999999999999999 0x10 1.5; do
    wrong '.*; ' search refund --limit "$number"
done
for number in 0 -1 10000001 ''; do
    wrong '.*; ' search refund --budget "$number"
done
wrong '.*--budget.*; ' search --batch "$work/none" --budget 100
wrong '.*--explain.*; ' search refund --explain --budget 100
wrong 'not an option of this command: --region; ' verify --region GB
wrong '.*--batch.*; ' search refund --batch "$work/none"
wrong '.*--latency.*; ' search refund --latency "$work/none"
wrong '.*--format.*; ' search refund --format json
wrong '"no tag" is not a language tag; ' index "$kb" --locale "no tag"
wrong '"" is not a language tag; ' search refund --locale ""
expect "a wrong use writes nothing" [ ! -e "$work/none" ]

# Global options are taken by each command, with effect or without.
run "$HELPDEX" verify --locale de --locales "$work/none" --color never
expect_status 0
run "$HELPDEX" search refund --locale en --locales "$work/none"
expect_status 0
run "$HELPDEX" search --help
expect_output 'without effect, because an index carries its packs$'

# What the user typed is not obeyed by the terminal.
run "$HELPDEX" "$(printf 'a\033[31mb')"
expect_status 2
expect_error '^helpdex: no such command: a \[31mb; '

# ./start says its usage and installs nothing.
run sh "$SOURCE_DIR/start" --help
expect_status 0
expect_output '^usage: ./start '
expect_no_error
run sh "$SOURCE_DIR/start" --frobnicate
expect_status 2
expect_no_output
expect_error '^usage: ./start '

# Colours: on a terminal alone, unless asked for; NO_COLOR is obeyed.
escape=$(printf '\033')
run "$HELPDEX" search refund --locale en
expect_no_output "$escape"
run "$HELPDEX" search refund --locale en --color always
expect_output "$escape\["
run env NO_COLOR=1 "$HELPDEX" search refund --locale en --color always
expect_output "$escape\["
run "$HELPDEX" search refund --locale en --color always --json
expect_no_output "$escape"
expect "JSON is one line" [ "$(wc -l <"$work/out")" = 1 ]
on_terminal() {
    run script -qec "$*" "$work/typescript"
}
if script -qec true "$work/typescript" >/dev/null 2>&1; then
    on_terminal "'$HELPDEX' search refund --locale en"
    expect_status 0
    expect_output "$escape\[1m"
    on_terminal "NO_COLOR=1 '$HELPDEX' search refund --locale en"
    expect_no_output "$escape"
    on_terminal "NO_COLOR= '$HELPDEX' search refund --locale en"
    expect_output "$escape\[1m"
    on_terminal "'$HELPDEX' search refund --locale en --color never"
    expect_no_output "$escape"
    # JSON is indented for a person, and one line for a program.
    on_terminal "'$HELPDEX' search refund --locale en --json"
    expect_output '^  "query":'
    # The progress bar wipes itself, and --quiet has none.
    on_terminal "'$HELPDEX' index '$kb' --full"
    expect_status 0
    expect_output "indexing +\[[#.]+\] [0-9]+/4"
    on_terminal "'$HELPDEX' index '$kb' --full --quiet"
    expect_status 0
    expect_no_output
else
    echo "no terminal can be made here: none was tried"
fi
