# helpdex mcp and POST /mcp, driven by the official client of the protocol.
set -u
. "${0%/*}/lib.sh"
. "${0%/*}/serve.sh"
. "${0%/*}/node.sh"
node_packages
cp "$SOURCE_DIR/tests/node/mcp_session.mjs" "$packages"

ix=$work/ix
"$HELPDEX" index "$SOURCE_DIR/kb" --index "$ix" --quiet ||
    fail "the index was not built"
serve_start "$HELPDEX" serve --index "$ix" --listen 127.0.0.1:0
run node "$packages/mcp_session.mjs" "$HELPDEX" "$ix" "http://$address/mcp"
expect_node_tests
expect_no_error 'Sanitizer|degraded'
serve_stop
