# The client in JavaScript against a server.
set -u
. "${0%/*}/lib.sh"
. "${0%/*}/serve.sh"
. "${0%/*}/node.sh"

ix=$work/ix
client=$SOURCE_DIR/clients/js
"$HELPDEX" index "$SOURCE_DIR/kb" --index "$ix" --quiet ||
    fail "the index was not built"
serve_start "$HELPDEX" serve --index "$ix" --listen 127.0.0.1:0
run node "$SOURCE_DIR/tests/node/client.mjs" "$client" "http://$address"
expect_node_tests
serve_stop
