# Node for a test. Sourced after lib.sh; skips the test where there is none.

command -v node >/dev/null 2>&1 || skip "node is not here"

# node_packages: what tests/node/package-lock.json names is in
# $packages/node_modules, installed once for each state of that file. Skips the
# test where the npm registry cannot be reached.
node_packages() {
    packages=$BUILD_DIR/node
    command -v npm >/dev/null 2>&1 || skip "npm is not here"
    (
        flock 7
        lock=$SOURCE_DIR/tests/node/package-lock.json
        cmp -s "$lock" "$packages/installed.json" && exit 0
        rm -rf "$packages/node_modules"
        cp "$lock" "$SOURCE_DIR/tests/node/package.json" "$packages"
        cd "$packages" || exit 1
        npm ci --ignore-scripts --no-audit --no-fund </dev/null &&
            cp package-lock.json installed.json
    ) >"$work/npm" 2>&1 7>"$(mkdir -p "$packages" && echo "$packages/lock")" || {
        tail -3 "$work/npm"
        skip "the npm registry cannot be reached"
    }
}

# What `run` ran was a file of node's tests, and all passed.
expect_node_tests() {
    expect_status 0
    expect_output '^(#|ℹ) pass [1-9]'
    grep -E -A12 '^ *not ok|^ *✖' "$work/out" >&2
}
