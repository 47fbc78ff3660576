# Knowledge bases of other tools, indexed as they are.
set -u
. "${0%/*}/lib.sh"

kb=$work/kb
ix=$work/ix

# put FILE: writes a file of the knowledge base from standard input.
put() {
    mkdir -p "$(dirname "$kb/$1")"
    cat >"$kb/$1"
}

# Suffixes and TOML heads; what has no locale is presumed, and said to be.
put content/fees.md <<'TEXT'
+++
title = "Fees"
tags = ["costs"]
+++
What a withdrawal costs. {{< figure src="x.png" >}}

## How much {#amount}

One percent of the wombat.
TEXT
put content/fees.th.md <<'TEXT'
+++
title = "ค่าธรรมเนียม"
+++
ค่าถอนเงินเท่าไหร่
TEXT
run "$HELPDEX" index "$kb" --index "$ix"
expect_status 0
expect_output '^en +1 +2 '
expect_output '^th +1 +1 '
expect_error "^$kb: note: read as hugo .*2 articles in 2 locales, those without"
run "$HELPDEX" search wombat --locale en --index "$ix"
expect_output 'fees#amount'
run "$HELPDEX" search figure --locale en --index "$ix"
expect_no_output 'fees#'

# The note is given again when nothing has changed, and not with --quiet.
run "$HELPDEX" index "$kb" --index "$ix"
expect_output 'up to date'
expect_error ': note: read as hugo'
expect "it is said once" [ "$(grep -c 'read as' "$work/err")" = 1 ]
run "$HELPDEX" index "$kb" --index "$ix" --quiet
expect_no_error

# A fault of a TOML head has its line.
sed 's/^tags.*/tags = costs/' "$kb/content/fees.md" >"$work/bad"
cp "$work/bad" "$kb/content/fees.md"
run "$HELPDEX" index "$kb" --index "$ix"
expect_status 3
expect_error "^$kb/content/fees.md:3:8: TOML: a value without quotes; write"

# Folders beside a default at the root; `no` and `id` are ordinary words here.
rm -rf "$kb"
echo 'Say no to strangers.' | put no/strangers.md
echo 'Show your passport.' | put id/passport.md
echo 'Sag nein.' | put de/no/strangers.md
run "$HELPDEX" index "$kb" --index "$ix"
expect_status 0
expect_error ': note: read as vitepress'
expect_output '^de +1 '
expect_output '^en +2 '
expect_no_output '^(no|id) '
run "$HELPDEX" search strangers --locale de --index "$ix"
expect_output 'no/strangers +de '

# A pattern of one's own; one that leaves the folder is refused by line.
rm -rf "$kb"
echo 'Kosten.' | put hilfe/fees/de.md
echo '費用' | put hilfe/fees/zh-Hant.md
echo 'layout: "hilfe/{path}/{locale}.md"' | put helpdex.yml
run "$HELPDEX" index "$kb" --index "$ix"
expect_status 0
expect_output '^zh-Hant +1 '
printf 'url: x\nlayout: "../{locale}/{path}.md"\n' | put helpdex.yml
run "$HELPDEX" index "$kb" --index "$ix"
expect_status 3
expect_error "^$kb/helpdex.yml:2:1: this pattern leaves the knowledge base; "

# A base that is none in particular: the remedy is in the message.
rm -rf "$kb"
echo 'Text.' | put guide/a.md
run "$HELPDEX" index "$kb" --index "$work/none"
expect_status 3
expect_error "^$kb: no articles in it; .*--locale TAG"

# Real trees, where they are: SOURCE.txt of each says what to expect.
real=$SOURCE_DIR/../shared/data/kb
[ -d "$real" ] || {
    echo "no shared data beside the sources: real trees were not tried"
    exit 0
}
# tree NAME LAYOUT ARTICLES LOCALES
tree() {
    run "$HELPDEX" index "$real/$1" --index "$work/real"
    expect_status 0
    expect_error ": note: read as $2 .*: $3 articles in $4 locales"
}
tree letsencrypt hugo 1120 31
tree tldr-pages tldr 6917 39
tree monero-site jekyll 940 14
tree xrpl-dev-portal redocly 957 3
tree cncf-glossary hugo 945 16
tree contributor-covenant hugo 92 40
