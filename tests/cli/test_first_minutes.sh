# The first ten minutes of docs/writing.md, as they stand there: the article
# and the queries of the page, its commands, and what it says they print, but
# for figures, which change with the ranking.
set -u
. "${0%/*}/lib.sh"
sed -n '/^## The first ten/,/^## Where/p' "$SOURCE_DIR/docs/writing.md" \
    >"$work/page"
cd "$work" || exit 1
file=kb/en/travel/late-suitcase.md
mkdir -p kb/en/travel kb/queries
sed -n '/^```markdown/,/^```$/p' page | sed '1d;$d' >$file
sed -n 's/^    \(.*	.*\)$/\1/p' page >kb/queries/en.tsv
expect "the page has an article" [ "$(wc -l <$file)" -ge 10 ]
expect "the page has queries" [ "$(wc -l <kb/queries/en.tsv)" -ge 2 ]

without_figures() {
    sed 's/[0-9a-f]\{8\}-[0-9a-f]*/N/; s/[0-9][0-9.]*/N/g; s/  */ /g' "$1"
}

# says COMMAND...: the lines below the command on the page are printed.
says() {
    run "$HELPDEX" "$@"
    cat out err >seen
    awk -v command="    \$ helpdex $*" '
        on && !/^    [^$]/ { exit }
        on { print substr($0, 5) }
        $0 == command && ++n == at { on = 1 }' at="$at" page >said
    without_figures said >a
    without_figures seen >b
    expect "the page says what \"$ran\" prints" cmp a b
    expect "the page says something of \"$*\"" [ -s said ]
}
at=1
says index kb
says search lost my suitcase
says search pay for clothes
sed 's/^title: .*/title: My suitcase: not arrived/' $file >bad
cp $file good
cp bad $file
at=2
says index kb
cp good $file
run "$HELPDEX" gate kb --save
expect_status 0
run "$HELPDEX" gate kb
expect_status 0
