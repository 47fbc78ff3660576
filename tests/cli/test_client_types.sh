# The types of the client in JavaScript, as TypeScript reads them.
set -u
. "${0%/*}/lib.sh"
. "${0%/*}/node.sh"
node_packages

mkdir -p "$work/ts/node_modules"
cp -r "$SOURCE_DIR/clients/js" "$work/ts/node_modules/helpdex-client"
cp "$SOURCE_DIR/tests/node/client_types.ts" "$work/ts"
echo '{"type": "module"}' >"$work/ts/package.json"
run "$packages/node_modules/.bin/tsc" --noEmit --strict \
    --noUncheckedIndexedAccess --target es2022 --module nodenext \
    "$work/ts/client_types.ts"
expect_status 0
