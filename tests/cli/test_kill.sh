# A build that is killed at any moment leaves an index that serves, and is
# mended by the next build.
set -u
. "${0%/*}/lib.sh"

ix=$work/ix
"$HELPDEX" index "$SOURCE_DIR/kb" --index "$ix" --quiet ||
    fail "the index was not built"

for pause in 0.01 0.03 0.06 0.1 0.15 0.2 0.25 0.3 0.35 0.4 0.5; do
    "$HELPDEX" index "$SOURCE_DIR/kb" --index "$ix" --full --quiet &
    builder=$!
    sleep "$pause"
    kill -9 "$builder" 2>/dev/null
    wait "$builder" 2>/dev/null
    run "$HELPDEX" search Karte abgelehnt --locale de --index "$ix"
    expect_status 0
    expect_output '^    card-payment-declined'
    expect_no_error
    run "$HELPDEX" verify --index "$ix"
    expect_status 0
done

# The same for builds that take over most of the live generation.
cp -r "$SOURCE_DIR/kb" "$work/kb"
for pause in 0.005 0.01 0.015 0.02 0.03 0.04 0.06 0.08 0.12 0.2; do
    echo "Noch ein Satz." >>"$(ls "$work"/kb/de/*/*.md | head -n 1)"
    "$HELPDEX" index "$work/kb" --index "$ix" --quiet &
    builder=$!
    sleep "$pause"
    kill -9 "$builder" 2>/dev/null
    wait "$builder" 2>/dev/null
    run "$HELPDEX" search Karte abgelehnt --locale de --index "$ix"
    expect_status 0
    expect_no_error
    run "$HELPDEX" verify --index "$ix"
    expect_status 0
done

run "$HELPDEX" index "$SOURCE_DIR/kb" --index "$ix" --full
expect_status 0
expect_output ' published$'
expect "no draft is left" [ ! -e "$ix/draft" ]
expect "two generations are left" \
    [ "$(find "$ix" -mindepth 1 -maxdepth 1 -type d | wc -l)" = 2 ]

# Readers meet a whole generation while others are published.
i=0
while [ "$i" -lt 5 ]; do
    "$HELPDEX" index "$SOURCE_DIR/kb" --index "$ix" --full --quiet
    i=$((i + 1))
done &
builder=$!
while kill -0 "$builder" 2>/dev/null; do
    run "$HELPDEX" search Karte abgelehnt --locale de --index "$ix"
    expect_status 0
    expect_output '^    card-payment-declined'
    expect_no_error
    run "$HELPDEX" verify --index "$ix"
    expect_status 0
done
wait "$builder"
run "$HELPDEX" verify --index "$ix"
expect_status 0
