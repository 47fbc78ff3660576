# A server for a test. Sourced after lib.sh.

server=

# serve_start PROGRAM ARGUMENTS...: runs it until the test ends; $address is
# where it listens.
serve_start() {
    mkfifo "$work/says"
    "$@" >"$work/says" 2>"$work/log" </dev/null &
    server=$!
    read -r said <"$work/says" || {
        cat "$work/log" >&2
        fail "the server did not start: $*"
        exit 1
    }
    address=${said##*//}
    rm "$work/says"
}

# Ends it; what it had to say is in $work/log.
serve_stop() {
    kill -TERM "$server"
    status=0
    wait "$server" || status=$?
    server=
    ran="the server"
    cp "$work/log" "$work/err"
    : >"$work/out"
    expect_status 0
    look_for_crash
}

trap '[ -z "$server" ] || kill "$server"; finish' EXIT
