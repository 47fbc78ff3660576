# helpdex coverage, as a translator and as CI use it.
set -u
. "${0%/*}/lib.sh"

kb=$work/kb
export HELPDEX_INDEX="$work/ix"
small_kb "$kb"

# Without an index or git: what is missing, and why nothing is known as stale.
run "$HELPDEX" coverage "$kb"
expect_status 0
expect_output '^2 articles in en, the source of all others$'
expect_output '^de +1 +0 +0 +0 +1 +0 +50\.0 %'
expect_output '^surfboard +x +x *$'
expect_no_output '^refund '
expect_error 'note: no index remembers it and it lies in no git repository'
run "$HELPDEX" coverage "$kb" --all --quiet
expect_status 0
expect_no_output '^surfboard'
expect_no_error
run "$HELPDEX" coverage "$kb" --all
expect_output '^refund +.+ +'

# With an index: sections that have changed since.
"$HELPDEX" index "$kb" --quiet || fail "the index was not built"
run "$HELPDEX" coverage "$kb"
expect_no_error 'no index'
sed -i 's/ask for the refund in the app/write to us/' "$kb/en/money/refund.md"
run "$HELPDEX" coverage "$kb"
expect_status 0
expect_output '^refund +~ 1/2 +~ 1/2 *$'
run "$HELPDEX" coverage "$kb" --json --locale DE
expect_status 0
expect_output '"basis":"index"'
expect_output '"de":\{"state":"stale","file":"de/money/refund.md","reason":null,"behind":1,"sections":2\}'
expect_no_output '"th"'

# CI: names the locales that are under the limit.
run "$HELPDEX" coverage "$kb" --fail-under 40
expect_status 1
expect_error '^helpdex: de is under 40 %: 0 of 2 articles .* \(0\.0 %\)$'
expect_error '^helpdex: th is under 40 %'
article "$kb/de/luggage/surfboard.md" surfboard "Surfbrett" <<'BODY'
Ein Surfbrett reist als Sperrgepäck und muss vorher angemeldet werden.
BODY
run "$HELPDEX" coverage "$kb" --fail-under 40
expect_status 1
expect_no_error '^helpdex: de '
run "$HELPDEX" coverage "$kb" --fail-under 40 --locale de
expect_status 0
run "$HELPDEX" coverage "$kb" --fail-under 101
expect_status 2

# The page: titles and reasons are escaped, nothing comes from outside.
sed -i 's/^title: .*/title: "<b>Refund<\/b>"/' "$kb/en/money/refund.md"
run "$HELPDEX" coverage "$kb" --report "$work/page.html"
expect_status 0
expect "titles are escaped" \
    grep -q '<bdi lang="en">&lt;b&gt;Refund&lt;/b&gt;</bdi>' "$work/page.html"
expect "stale cells say how far" \
    grep -q '<td class="stale" title="de: stale, . of 2 sections behind' \
    "$work/page.html"
if grep -Eq '<script|https?://|url\(' "$work/page.html"; then
    fail "expected a page that takes nothing from outside"
fi
run "$HELPDEX" coverage "$kb" --report "$work/no/page.html"
expect_status 3
expect_error "^$work/no/page.html: cannot create: "

# Bad input.
run "$HELPDEX" coverage "$work/nowhere"
expect_status 3
run "$HELPDEX" coverage "$kb" --locale ko
expect_status 2
expect_error 'has the locale ko; '
printf -- '---\ntitle: "open\n---\n' >"$kb/de/luggage/surfboard.md"
run "$HELPDEX" coverage "$kb"
expect_status 3
expect_error "^$kb/de/luggage/surfboard.md:[0-9]+:"
expect_output '^surfboard +x +x *$'

# Without an index, git: a source that was committed later makes stale.
if command -v git >/dev/null 2>&1; then
    rm -rf "$kb" "$work/ix"
    small_kb "$kb"
    commit() {
        git -C "$work" add kb &&
            GIT_COMMITTER_DATE="$1 +0000" git -C "$work" -c user.name=w \
                -c user.email=w@example.org commit -qm w
    }
    git init -q "$work" && commit 1700000000
    run "$HELPDEX" coverage "$kb" --json
    expect_output '"basis":"git"'
    expect_no_output '"state":"stale"'
    echo 'One more line.' >>"$kb/en/money/refund.md"
    run "$HELPDEX" coverage "$kb"
    expect_output '^refund +~ +~ *$'
    commit 1700000100
    echo 'Eine Zeile mehr.' >>"$kb/de/money/refund.md"
    run env GIT_DIR=/nowhere "$HELPDEX" coverage "$kb"
    expect_output '^refund +[^~ ]+ +~ *$'
    expect_error 'note: no index remembers it, so stale is by the dates of git'
    commit 1700000200
    run "$HELPDEX" coverage "$kb"
    expect_output '^refund +[^~ ]+ +~ *$'
    git clone -q --depth 1 "file://$work" "$work/clone"
    run "$HELPDEX" coverage "$work/clone/kb"
    expect_status 0
    expect_error 'clone is shallow'
fi
