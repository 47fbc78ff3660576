# helpdex check: what is found, in all formats; mending; a baseline.
set -u
. "${0%/*}/lib.sh"

run "$HELPDEX" check "$SOURCE_DIR/kb"
expect_status 0
expect_output '^60 articles in 6 locales: 0 errors, 0 warnings$'
expect_no_error

kb=$work/kb
small_kb "$kb"
printf '\nSee [the fees](fees.md).\n' >>"$kb/de/money/refund.md"
printf -- '---\nlables: [x]\ntitle: ฝากเงิน\n---\nดู ![](a.png)\n' >"$kb/th/money/deposit.md"
printf -- '---\ntitle: Deposit\n---\nText.\n' >"$kb/en/money/deposit.md"

# Errors are "no"; columns count characters.
run "$HELPDEX" check "$kb"
expect_status 1
expect_output "^$kb/de/money/refund.md:12:16: error: nothing is at \"fees.md\", .*; mend the link.* \[broken-link\]$"
expect_output "^$kb/th/money/deposit.md:2:1: warning: .* did you mean labels\? \[head-typo\]$"
expect_output "^$kb/th/money/deposit.md:5:8: warning: an image without .* \[missing-alt\]$"
expect_output '^6 articles in 3 locales: 1 errors, 2 warnings; --fix mends 1 of them$'
run "$HELPDEX" check "$kb" --quiet
expect_no_output ' locales: '

# The other formats say the same.
run "$HELPDEX" check "$kb" --format github
expect_status 1
expect_output "^::error file=$kb/de/money/refund.md,line=12,col=16,title=broken-link::nothing is at"
run "$HELPDEX" check "$kb" --json
expect_status 1
expect_output '^\{"articles":6,"errors":1,"warnings":2,.*"rule":"broken-link","severity":"error",'
run "$HELPDEX" check "$kb" --format sarif
expect_status 1
expect_output '"version":"2.1.0".*"columnKind":"unicodeCodePoints".*"ruleId":"broken-link".*"startLine":12,"startColumn":16'

# What was there before does not count; what is new does.
run "$HELPDEX" check "$kb" --baseline "$work/known"
expect_status 3
expect_error "^$work/known: no such baseline; write it with --save"
run "$HELPDEX" check "$kb" --baseline "$work/known" --save
expect_status 0
expect_output '^3 findings are the baseline '
sed -i '1i\
\
' "$kb/de/money/refund.md"
sed -i '1,2d' "$kb/de/money/refund.md"
printf '\nMehr.\n\n![](b.png)\n' >>"$kb/de/money/refund.md"
run "$HELPDEX" check "$kb" --baseline "$work/known"
expect_status 0
expect_output "^$kb/de/money/refund.md:16:5: warning: .* \[missing-alt\]$"
expect_output '0 errors, 1 warnings, 3 of the baseline$'
echo nonsense >>"$work/known"
run "$HELPDEX" check "$kb" --baseline "$work/known"
expect_status 3
expect_error "^$work/known:[0-9]+:1: not a line of a baseline; "

# Mending leaves the rest, and a second time finds nothing to mend.
run "$HELPDEX" check "$kb" --fix
expect_status 1
expect_output '1 errors, 2 warnings, 1 mended$'
expect "the key is renamed" grep -qx 'labels: \[x\]' "$kb/th/money/deposit.md"
run "$HELPDEX" check "$kb" --fix
expect_no_output 'mended'
expect "nothing is left beside the articles" \
    test -z "$(find "$kb" -name '*.new')"

# All files that cannot be read are named.
printf 'caf\351\n' >"$kb/en/money/latin.md"
printf -- '---\ntitle: x\n' >"$kb/en/money/open.md"
run "$HELPDEX" check "$kb"
expect_status 1
expect_output "/latin.md:1:4: error: byte 0xE9 is not UTF-8; .* \[unreadable\]$"
expect_output "/open.md:1:1: error: front matter is not closed; .* \[unreadable\]$"

# Wrong usage.
run "$HELPDEX" check
expect_status 2
run "$HELPDEX" check "$kb" --save
expect_status 2
expect_error '^helpdex: --save without --baseline; '
run "$HELPDEX" check "$kb" --format trec
expect_status 2
expect_error 'not a choice: trec; text, json, github'
run "$HELPDEX" search x --format sarif --batch -
expect_status 2
run "$HELPDEX" check "$work/none"
expect_status 3
expect_error "^$work/none: no such folder; "

# Real trees, where they are: known faults are found, in a second.
real=$SOURCE_DIR/../shared/data/kb
[ -d "$real" ] || {
    echo "no shared data beside the sources: real trees were not tried"
    exit 0
}
run "$HELPDEX" check "$real/xrpl-dev-portal"
expect_status 1
expect_output 'use-a-peer-reservation.md:6:1: .* did you mean labels\? \[head-typo\]$'
run "$HELPDEX" check "$real/letsencrypt"
expect_output 'en/docs/faq.md:104:335: error: nothing is at "/docs/ct-logs"'
run "$HELPDEX" check "$real/cncf-glossary"
expect_output '\[orphan-translation\]$'
