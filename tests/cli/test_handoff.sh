# Handing over, as docs/handoff.md says it: its packet and its configuration
# are sound, its receivers take what is signed and refuse what is not.
set -u
. "${0%/*}/lib.sh"
[ -x "${HANDOFF:-}" ] || skip "the example of handing over is not built"
command -v python3 >/dev/null 2>&1 || skip "python3 is not here"
page=$SOURCE_DIR/docs/handoff.md
secret=$(printf '%032d' 7)

# block LANGUAGE: the first block of the page in that language.
block() {
    awk -v begin="\`\`\`$1" '
        $0 == begin { inside = 1; next }
        inside && /^```$/ { exit }
        inside' "$page"
}
block json >"$work/packet.json"
block yaml >"$work/page.yml"
block python >"$work/receive.py"
block javascript >"$work/receive.mjs"

validate() {
    run python3 "$SOURCE_DIR/tests/cli/validate.py" \
        "$SOURCE_DIR/docs/schemas/$1.json" "$2"
}
if python3 -c 'import jsonschema, yaml' 2>/dev/null; then
    for packet in "$work/packet.json" "$SOURCE_DIR/tests/handoff/packet.json"
    do
        validate handoff "$packet"
        expect_status 0
    done
    validate handoff-config "$work/page.yml"
    expect_status 0
fi

# config PORT [SECRET]: one target at that port of this machine.
config() {
    rm -f "$work"/outbox.db*
    HOOK_SECRET=${2:-$secret}
    export HOOK_SECRET
    printf '%s\n' 'handoff:' '  outbox: outbox.db' '  targets:' '    desk:' \
        '      adapter: generic' "      url: http://127.0.0.1:$1/helpdex" \
        '      secret_env: HOOK_SECRET' >"$work/serve.yml"
}

# listen COMMAND...: a receiver, whose port comes into $port.
listen() {
    rm -f "$work/lines"
    mkfifo "$work/lines"
    HOOK_SECRET=$secret "$@" 0 >"$work/lines" 2>"$work/receiver" &
    receiver=$!
    exec 3<"$work/lines"
    read -r line <&3
    port=${line#listening on }
}

hush() {
    kill "$receiver"
    wait "$receiver" 2>/dev/null
    exec 3<&-
}

# expect_line TEXT: what the receiver prints next.
expect_line() {
    checks=$((checks + 1))
    read -r line <&3
    [ "$line" = "$1" ] || fail "expected \"$1\" of the receiver, got \"$line\""
}

# serves COMMAND...: a receiver of the page does what the page says.
serves() {
    listen "$@"
    config "$port"
    run "$HANDOFF" "$work/serve.yml" "$work/packet.json"
    expect_status 0
    expect_output '^1 done, 0 postponed, 0 failed$'
    expect_line 'new h-7f3a.1 deposits'
    config "$port"
    run "$HANDOFF" "$work/serve.yml" "$work/packet.json"
    expect_line 'again h-7f3a.1 deposits'
    config "$port" "$(printf '%032d' 8)"
    run "$HANDOFF" "$work/serve.yml" "$work/packet.json"
    expect_output '^0 done, 0 postponed, 1 failed$'
    expect_output '^h-7f3a.1 for desk: answered 401 .*; check the secret'
    hush
}
serves python3 "$work/receive.py"
if command -v node >/dev/null 2>&1; then
    serves node "$work/receive.mjs"
else
    echo "node is not here: the receiver in JavaScript was not run"
fi

# Nobody listens any more: the packet waits, over a restart.
config "$port"
run "$HANDOFF" "$work/serve.yml" "$work/packet.json"
expect_output '^0 done, 1 postponed, 0 failed$'
run "$HANDOFF" "$work/serve.yml"
expect_output '^0 done, 0 postponed, 0 failed$'

# What is wrong is said where it is.
unset HOOK_SECRET
run "$HANDOFF" "$work/serve.yml"
expect_status 1
expect_error '/serve\.yml:7:7: the environment has no HOOK_SECRET; set it'
export HOOK_SECRET=$secret
echo '{"queue": "deposits"}' >"$work/packet.json"
run "$HANDOFF" "$work/serve.yml" "$work/packet.json"
expect_status 1
expect_error 'no packet: not a JSON object with an "id"'

# refused LINE WHAT TEXT: neither the schema nor the program takes it.
refused() {
    printf '%b' "$3" >"$work/serve.yml"
    validate handoff-config "$work/serve.yml"
    expect_status 1
    run "$HANDOFF" "$work/serve.yml"
    expect_status 1
    expect_error "/serve\.yml:$1:[0-9]+: $2"
}
if ! python3 -c 'import jsonschema, yaml' 2>/dev/null; then
    echo "python3-jsonschema and python3-yaml are not here"
    exit 0
fi
head='handoff:\n  outbox: o.db\n  targets:\n    t:\n'
secret_line='      secret_env: HOOK_SECRET\n'
refused 2 'unknown key "oubox"' 'handoff:\n  oubox: o.db\n'
refused 4 'no adapter' "$head$secret_line"
refused 5 'no adapter' "$head      adapter: intercom\n"
refused 4 't has no url' "$head      adapter: generic\n$secret_line"
refused 6 'an address of neither' \
    "$head      adapter: generic\n      url: ftp://x.example\n$secret_line"
refused 6 'an address with a name' \
    "$head      adapter: generic\n      url: https://a:b@x.example\n"
refused 2 'poa has no url' 'flows:\n  poa:\n    secret_env: HOOK_SECRET\n'
refused 3 'timeout is a number from 1 to 60' 'flows:\n  poa:\n    timeout: 90\n'
