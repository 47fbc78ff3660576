# The golden queries of the sample knowledge base: in each locale as many must
# find their article first as golden.tsv has on record. Who makes more of them
# find it raises the record.
set -u
. "${0%/*}/lib.sh"

"$HELPDEX" index "$SOURCE_DIR/kb" --index "$work/ix" --quiet ||
    fail "the sample knowledge base was not indexed"

for golden in "$SOURCE_DIR"/kb/queries/*.tsv; do
    locale=$(basename "$golden" .tsv)
    # query<TAB>id[#section] becomes qid<TAB>query.
    awk -F '\t' '{ print "q" NR "\t" $1 }' "$golden" >"$work/batch.tsv"
    run "$HELPDEX" search --batch "$work/batch.tsv" --locale "$locale" \
        --limit 1 --format trec --index "$work/ix"
    expect_status 0
    record=$(awk -v locale="$locale" '$1 == locale { print $2 }' \
        "${0%/*}/golden.tsv")
    awk -v locale="$locale" -v record="${record:-none}" '
        FNR == NR { split($0, at, " "); first[at[1]] = at[3]; next }
        {
            split($0, column, "\t")
            wanted = column[2]
            sub(/#.*/, "", wanted)
            got = first["q" FNR]
            total++
            if (got == wanted)
                hits++
            else
                misses = misses sprintf("  %s: wanted %s, got %s: %s\n", \
                    locale, wanted, got == "" ? "nothing" : got, column[1])
        }
        END {
            printf "%s: Success@1 %.3f (%d of %d)\n%s", locale, \
                total ? hits / total : 0, hits, total, misses
            exit !(record != "none" && hits >= record + 0)
        }' "$work/out" "$golden" >"$work/verdict"
    good=$?
    cat "$work/verdict"
    [ "$good" = 0 ] || fail "expected ${record:-a record in golden.tsv for}" \
        "golden queries or more of $locale to find their article first"
done
