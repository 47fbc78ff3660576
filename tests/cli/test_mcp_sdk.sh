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

# An outbox whose desk is not there: packets wait in it.
cat >"$work/desk.yml" <<YAML
handoff:
  outbox: outbox.db
  targets:
    desk:
      adapter: generic
      url: http://127.0.0.1:9/
      secret_env: HOOK_SECRET
YAML
export HOOK_SECRET=0123456789abcdef0123456789abcdef
AGENT_KEY=$("$HELPDEX" key create --scope agent --keys "$work/keys" --quiet)
export AGENT_KEY
run node "$packages/mcp_session.mjs" "$HELPDEX" "$ix" "http://$address/mcp" \
    "$work/keys" "$work/desk.yml"
expect_node_tests
expect_no_error 'Sanitizer|degraded'
serve_stop
