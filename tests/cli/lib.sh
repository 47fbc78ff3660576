# What the scripts share. Sourced after `set -u`; gives a scratch folder in
# $work, runs the program and says what was expected when a check fails. A
# script with a failed check exits 1.

export LC_ALL=C
unset HELPDEX_INDEX HELPDEX_JOURNAL NO_COLOR
# A sanitizer's finding must not look like the answer "no".
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}exitcode=99"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:+$UBSAN_OPTIONS:}exitcode=99"
export TSAN_OPTIONS="${TSAN_OPTIONS:+$TSAN_OPTIONS:}exitcode=99"

work=$(mktemp -d)
checks=0
failures=0

finish() {
    code=$?
    rm -rf "$work"
    [ "$code" = 0 ] || exit "$code"
    if [ "$checks" = 0 ]; then
        echo "no check was made" >&2
        exit 1
    fi
    [ "$failures" = 0 ] || exit 1
    exit 0
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

skip() {
    echo "skipped: $*"
    exit 77
}

fail() {
    failures=$((failures + 1))
    echo "FAILED: $*" >&2
}

# Runs a command; $status, and what it printed in $work/out and $work/err.
run() {
    ran=$*
    status=0
    "$@" >"$work/out" 2>"$work/err" </dev/null || status=$?
    look_for_crash
}

# The same with standard input from a file.
run_with() {
    input=$1
    shift
    ran="$* <$input"
    status=0
    "$@" >"$work/out" 2>"$work/err" <"$input" || status=$?
    look_for_crash
}

look_for_crash() {
    if [ "$status" -ge 99 ] ||
        grep -q 'Sanitizer\|runtime error:' "$work/err"; then
        fail "\"$ran\" crashed with status $status:"
        head -40 "$work/err" >&2
    fi
}

show() {
    echo "  after: $ran" >&2
    sed -n '1,12s/^/  out: /p' "$work/out" >&2
    sed -n '1,12s/^/  err: /p' "$work/err" >&2
}

expect_status() {
    checks=$((checks + 1))
    [ "$status" = "$1" ] || {
        fail "expected status $1, got $status"
        show
    }
}

# Extended regular expressions that a line must match.
expect_output() {
    checks=$((checks + 1))
    grep -Eq -e "$1" "$work/out" || {
        fail "expected on standard output: $1"
        show
    }
}

expect_error() {
    checks=$((checks + 1))
    grep -Eq -e "$1" "$work/err" || {
        fail "expected on standard error: $1"
        show
    }
}

expect_no_output() {
    checks=$((checks + 1))
    if grep -Eq -e "${1:-.}" "$work/out"; then
        fail "expected nothing on standard output like: ${1:-.}"
        show
    fi
}

expect_no_error() {
    checks=$((checks + 1))
    if grep -Eq -e "${1:-.}" "$work/err"; then
        fail "expected nothing on standard error like: ${1:-.}"
        show
    fi
}

# expect WHAT COMMAND...: the command succeeds.
expect() {
    what=$1
    shift
    checks=$((checks + 1))
    "$@" || {
        fail "expected that $what"
        show
    }
}

# article FILE ID TITLE: writes a sound article, its body from standard input.
article() {
    mkdir -p "$(dirname "$1")"
    {
        printf -- '---\nid: %s\ntitle: "%s"\n---\n\n' "$2" "$3"
        cat
    } >"$1"
}

# A knowledge base of three articles in $1; one of them only in English.
small_kb() {
    article "$1/en/money/refund.md" refund "Get a refund" <<'BODY'
You get your money back within ten days.

## Refund for a cancelled flight

When the airline cancelled the flight, ask for the refund in the app.
BODY
    article "$1/de/money/refund.md" refund "Geld zurückbekommen" <<'BODY'
Sie erhalten Ihr Geld innerhalb von zehn Tagen zurück.

## Erstattung bei gestrichenem Flug

Hat die Fluglinie den Flug gestrichen, fordern Sie die Erstattung in der App an.
BODY
    article "$1/th/money/refund.md" refund "ขอเงินคืน" <<'BODY'
คุณจะได้รับเงินคืนภายในสิบวัน

## เงินคืนเมื่อเที่ยวบินถูกยกเลิก

หากสายการบินยกเลิกเที่ยวบิน ให้ขอเงินคืนในแอป
BODY
    article "$1/en/luggage/surfboard.md" surfboard "Take a surfboard" <<'BODY'
A surfboard travels as bulky luggage and must be booked ahead.
BODY
}

live() {
    cat "$1/CURRENT"
}
