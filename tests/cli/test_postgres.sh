# The journal in PostgreSQL: a server of its own in a scratch folder, on a
# socket, as a user that is not root. The suites of the store run against it.
set -u
. "${0%/*}/lib.sh"

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
[ -n "$bin" ] || bin=$(pg_config --bindir 2>/dev/null)
[ -x "$bin/initdb" ] || skip "PostgreSQL is not here"

# as COMMAND...: as somebody who may run a server, which root may not.
as() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && runuser -u nobody -- "$@")
    else
        "$@"
    fi
}

cluster=$(mktemp -d /tmp/helpdex-pg.XXXXXX)
[ "$(id -u)" != 0 ] || chown nobody "$cluster"
stop() {
    as "$bin/pg_ctl" stop -D "$cluster/data" -m immediate >/dev/null 2>&1
    rm -rf "$cluster"
    finish
}
trap stop EXIT
as "$bin/initdb" -D "$cluster/data" -U postgres -A trust -E UTF8 --locale C \
    --no-sync >"$cluster.log" 2>&1 || {
    cat "$cluster.log"
    rm -f "$cluster.log"
    fail "no cluster could be made"
    exit
}
rm -f "$cluster.log"
as "$bin/pg_ctl" start -w -D "$cluster/data" -l "$cluster/log" -o \
    "-k $cluster -c listen_addresses= -c fsync=off" >/dev/null 2>&1 || {
    cat "$cluster/log"
    fail "the server did not start"
    exit
}
url="postgresql://postgres@/postgres?host=$cluster"

for suite in test_journal test_store_postgres; do
    HELPDEX_TEST_DATABASE=$url run "$BUILD_DIR/tests/$suite"
    expect_status 0
    expect_output '^100%: '
done

rows() {
    run "$bin/psql" -X -q -A -t "$url" -c "SET search_path = helpdex" -c "$1"
}

# The program, as a person uses it.
kb=$work/kb
small_kb "$kb"
"$HELPDEX" index "$kb" --index "$work/ix" --quiet || fail "no index was built"
export HELPDEX_INDEX="$work/ix"
rows "DROP SCHEMA helpdex CASCADE"
run "$HELPDEX" search --journal "$url" --locale de gestrichener Flug
expect_status 0
expect_no_error
HELPDEX_JOURNAL=$url run "$HELPDEX" search --locale th เครื่องบิน jo@x.example
expect_no_error
rows "SELECT locale, query, first_id FROM searches ORDER BY locale"
expect_output '^de\|gestrichener Flug\|refund$'
expect_output '^th\|เครื่องบิน <email>\|'

# No fault of the server is one of the search.
as "$bin/pg_ctl" stop -D "$cluster/data" -m fast >/dev/null 2>&1
run "$HELPDEX" search --journal "$url" --locale en refund
expect_status 0
expect_output '^ 1\. Get a refund'
expect_error 'warning: postgresql://.*: no connection to the database: .*; check'
