# Every title of the sample knowledge base, asked as a question in its own
# locale, finds its own article first.
set -u
. "${0%/*}/lib.sh"

"$HELPDEX" index "$SOURCE_DIR/kb" --index "$work/ix" --quiet ||
    fail "the sample knowledge base was not indexed"
asked=0
for dir in "$SOURCE_DIR"/kb/*/; do
    locale=$(basename "$dir")
    # The lines "title: ..." of front matter, as id<TAB>title.
    find "$dir" -name '*.md' | sort | while read -r file; do
        awk '
            /^id: / { id = substr($0, 5) }
            /^title: / { title = substr($0, 8); gsub(/^"|"$/, "", title) }
            END { printf "%s\t%s\n", id, title }' "$file"
    done >"$work/titles.tsv"
    [ -s "$work/titles.tsv" ] || continue
    asked=$((asked + $(wc -l <"$work/titles.tsv")))
    run "$HELPDEX" search --batch "$work/titles.tsv" --locale "$locale" \
        --limit 1 --format trec --index "$work/ix"
    expect_status 0
    awk -v locale="$locale" '
        FNR == NR { split($0, at, " "); first[at[1]] = at[3]; next }
        {
            split($0, column, "\t")
            if (first[column[1]] != column[1]) {
                printf "  %s: \"%s\" finds %s\n", locale, column[2], \
                    first[column[1]] == "" ? "nothing" : first[column[1]]
                bad = 1
            }
        }
        END { exit bad }' "$work/out" "$work/titles.tsv" ||
        fail "expected that every title of $locale finds its own article"
done
[ "$asked" -ge 60 ] || fail "expected 60 titles or more, asked $asked"
