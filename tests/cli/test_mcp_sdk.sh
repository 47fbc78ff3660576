# helpdex mcp and POST /mcp, driven by the official client of the protocol from
# the npm registry. Skipped where node is not, or the registry cannot be
# reached.
set -u
. "${0%/*}/lib.sh"
. "${0%/*}/serve.sh"
command -v node >/dev/null 2>&1 || skip "node is not here"
command -v npm >/dev/null 2>&1 || skip "npm is not here"

# Installed once for each state of the lock file.
sdk=$BUILD_DIR/mcp_sdk
if ! cmp -s "$SOURCE_DIR/tests/mcp/package-lock.json" "$sdk/installed.json"; then
    rm -rf "$sdk"
    mkdir -p "$sdk"
    cp "$SOURCE_DIR/tests/mcp/package.json" \
        "$SOURCE_DIR/tests/mcp/package-lock.json" "$sdk"
    (cd "$sdk" && npm ci --ignore-scripts --no-audit --no-fund) \
        >"$work/npm" 2>&1 </dev/null || {
        tail -3 "$work/npm"
        skip "the client cannot be installed from the npm registry"
    }
    cp "$sdk/package-lock.json" "$sdk/installed.json"
fi
cp "$SOURCE_DIR/tests/mcp/session.mjs" "$sdk"

ix=$work/ix
"$HELPDEX" index "$SOURCE_DIR/kb" --index "$ix" --quiet ||
    fail "the index was not built"
serve_start "$HELPDEX" serve --index "$ix" --listen 127.0.0.1:0

run node "$sdk/session.mjs" "$HELPDEX" "$ix" "http://$address/mcp"
expect_status 0
expect_output '^# fail 0|^ℹ fail 0'
expect_no_error 'Sanitizer|degraded'
serve_stop
