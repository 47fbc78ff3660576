# The manual and the completions that the build makes from the tables of the
# program: sound, and the same as docs/reference.md.
set -u
. "${0%/*}/lib.sh"
reference=$BUILD_DIR/reference

run cmp "$reference/reference.md" "$SOURCE_DIR/docs/reference.md"
expect "docs/reference.md is up to date; cp build/debug/reference/reference.md docs/" \
    [ "$status" = 0 ]

# Every command has a page, and a page names all that --help names.
"$HELPDEX" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' \
    >"$work/commands"
expect "there are commands" [ "$(wc -l <"$work/commands")" -ge 5 ]
while read -r command; do
    page=$reference/man1/helpdex-$command.1
    "$HELPDEX" "$command" --help | sed -n 's/^  --\([a-z-]*\).*/\1/p' \
        >"$work/options"
    expect "$command has options" [ -s "$work/options" ]
    while read -r option; do
        run grep -F "\\-\\-$(echo "$option" | sed 's/-/\\-/g')\\fR" "$page"
        expect_status 0
    done <"$work/options"
done <"$work/commands"

if command -v mandoc >/dev/null 2>&1; then
    run mandoc -T lint -W warning "$reference"/man1/*.1
    expect_status 0
    expect_no_output
else
    echo "mandoc is not here: pages were not read"
fi

# What bash, asked like this, would offer for the last word.
complete_in_bash() {
    run bash -c '
        . "$1"
        shift
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _helpdex
        printf "%s\n" "${COMPREPLY[@]}"' bash "$reference/helpdex.bash" "$@"
    expect_status 0
}
mkdir -p "$work/here/kb with space"
cd "$work/here" || exit 1
echo x >queries.tsv

complete_in_bash helpdex se
expect_output '^search$'
expect_no_output '^suggest$'
complete_in_bash helpdex --locale de ga
expect_output '^gate$'
complete_in_bash helpdex --locale = de ga
expect_output '^gate$'
complete_in_bash helpdex search --e
expect_output '^--explain$'
expect_no_output '^--index$'
complete_in_bash helpdex index --e
expect_no_output '^--explain$'
complete_in_bash helpdex search --format ''
expect_output '^trec$'
expect_output '^json$'
complete_in_bash helpdex search --color = al
expect_output '^always$'
expect_no_output '^never$'
complete_in_bash helpdex search --color =
expect_output '^never$'
complete_in_bash helpdex index k
expect_output '^kb with space$'
complete_in_bash helpdex gate --queries q
expect_output '^queries.tsv$'
complete_in_bash helpdex index q
expect_no_output 'queries'

if command -v zsh >/dev/null 2>&1; then
    run zsh -n "$reference/_helpdex"
    expect_status 0
    expect_no_error
else
    echo "zsh is not here: its completion was not tried"
fi
if command -v fish >/dev/null 2>&1; then
    run fish --no-config -c ". $reference/helpdex.fish
        complete -C 'helpdex se'; complete -C 'helpdex search --format '"
    expect_status 0
    expect_no_error
    expect_output '^search'
    expect_output '^trec'
else
    echo "fish is not here: its completion was not tried"
fi
