# helpdex key: keys are made, listed and revoked.
set -u
. "${0%/*}/lib.sh"
unset HELPDEX_KEYS

keys=$work/etc/helpdex.keys
mkdir "$work/etc"
run "$HELPDEX" key create --keys "$keys" --scope agent --name "Ana's inbox" \
    --expires 2099-01-31
expect_status 0
expect_output '^hdx_[0-9a-f]{8}_[0-9a-f]{64}$'
expect_error 'made the agent key [0-9a-f]{8}; keep it now'
key=$(cat "$work/out")
id=$(echo "$key" | cut -d_ -f2)
expect "the key is not in the file" sh -c "! grep -q '${key##*_}' '$keys'"
expect "the file is its owner's" [ "$(stat -c %a "$keys")" = 600 ]
expect "nothing is left beside it" [ "$(ls -A "$work/etc")" = helpdex.keys ]

run "$HELPDEX" key list --config "$work/etc/serve.yml"
expect_status 0
expect_output "^$id  agent     live     20..-..-..  2099-01-31  Ana's inbox\$"
HELPDEX_KEYS=$keys run "$HELPDEX" key create --scope public --json --quiet
expect_output '"scope":"public".*"live":true,"key":"hdx_'
expect_no_error

run "$HELPDEX" key revoke "$id" --keys "$keys"
expect_status 0
run "$HELPDEX" key list --keys "$keys"
expect_output "^$id  agent     revoked "
run "$HELPDEX" key list --keys "$keys" --json
expect_output '"id":"'"$id"'",.*"live":false'

run "$HELPDEX" key revoke 00000000 --keys "$keys"
expect_status 3
expect_error 'helpdex\.keys: no key 00000000; see'
run "$HELPDEX" key list --keys "$work/none"
expect_status 3
run "$HELPDEX" key create --keys "$keys"
expect_status 2
expect_error 'no --scope; give public, agent, analyst or admin$'
run "$HELPDEX" key create --scope boss --keys "$keys"
expect_status 2
run "$HELPDEX" key create --scope agent --expires soon --keys "$keys"
expect_status 2
run "$HELPDEX" key create --scope agent --expires 2020-01-01 --keys "$keys"
expect_error 'expired already; give a day to come'
run "$HELPDEX" key destroy --keys "$keys"
expect_status 2
expect_error 'no such action; write create, list or revoke'
run "$HELPDEX" key revoke --keys "$keys"
expect_status 2
echo "keys: {" >"$keys"
run "$HELPDEX" key create --scope agent --keys "$keys"
expect_status 3
expect_error 'helpdex\.keys:[0-9]+:'
expect "a faulty file is left as it was" [ "$(cat "$keys")" = "keys: {" ]
