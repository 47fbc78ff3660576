# Of a locale of which little has changed only that is indexed, into a delta
# beside the rest. Searches answer as if all had been indexed anew.
set -u
. "${0%/*}/lib.sh"

kb=$work/kb
ix=$work/ix
cp -r "$SOURCE_DIR/kb" "$kb"

# Sixty articles more a locale, out of its own lines, each with some of them.
for dir in "$kb"/[a-z][a-z]*/; do
    [ -e "$kb/queries/$(basename "$dir").tsv" ] || continue
    mkdir -p "$dir/more"
    cat "$dir"/*/*.md | awk -v dir="$dir/more" '
        /^---$/ { head = !head; next }
        /^title: / && head {
            sub(/^title: */, "")
            gsub(/"/, "")
            titles[m++] = $0
        }
        head || length < 24 || /^[#|>{<!-]/ { next }
        !seen[$0]++ { lines[n++] = $0 }
        END {
            for (i = 0; i < 60; i++) {
                file = sprintf("%s/more-%02d.md", dir, i)
                printf "---\ntitle: \"%s %d\"\n---\n\n", titles[i % m], i >file
                for (j = 0; j < 6; j++)
                    printf "%s%s %d\n\n", j == 3 ? "## " i "\n\n" : "",
                        lines[(7 * i + 13 * j) % n], i * j >file
                close(file)
            }
        }'
done
index() {
    run "$HELPDEX" index "$kb" --index "$ix" "$@"
    expect_status 0
}
# deltas LOCALE...: exactly these have one.
deltas() {
    has=$(cd "$ix/$(live "$ix")" && ls -d */delta 2>/dev/null | tr '\n' ' ')
    wanted=
    for tag in "$@"; do wanted="$wanted$tag/delta "; done
    expect "\"$wanted\" are the deltas, not \"$has\"" [ "$has" = "$wanted" ]
}

# run_golden INDEX LOCALE: "query article score" of the first five.
run_golden() {
    cut -f 1 "$kb/queries/$2.tsv" | awk '{ print NR "\t" $0 }' >"$work/queries"
    "$HELPDEX" search --index "$1" --locale "$2" --batch "$work/queries" \
        --format trec | awk '$4 <= 5 { print $1, $3, $5 }'
}

# same_answers: as those of a full build. Hits of it whose scores are more than
# 3 % apart are in the same order, and no score of the first three, which are 0
# to 1, is another by more than 0.03: what has gone counts for rarity until all
# is indexed anew.
same_answers() {
    rm -rf "$work/full"
    cp -r "$ix" "$work/full"
    run "$HELPDEX" index "$kb" --index "$work/full" --full
    expect_status 0
    for golden in "$kb"/queries/*.tsv; do
        tag=$(basename "$golden" .tsv)
        run_golden "$work/full" "$tag" >"$work/answers.full"
        run_golden "$ix" "$tag" >"$work/answers.delta"
        expect "$tag was asked" [ -s "$work/answers.full" ]
        awk -v tag="$tag" '
            NR == FNR { score[$1, $2] = $3; next }
            $1 != query { query = $1; before = ""; rank = 0 }
            {
                key = query SUBSEP $2
                rank++
                off = $3 - score[key]
                if (rank <= 3 && (off > 0.03 || off < -0.03))
                    print tag, query, $2, $3, "not", score[key]
                if (before != "" && $3 < 0.97 * above &&
                    score[key] > score[query, before])
                    print tag, query, $2, "before", before
                before = $2
                above = $3
            }' "$work/answers.delta" "$work/answers.full" >"$work/unlike"
        run cat "$work/unlike"
        expect_no_output
    done
}

index
deltas
find "$ix" -name '*.work' >"$work/left"
expect "no work folder is left" [ ! -s "$work/left" ]

# intents LOCALE: the digest of what tells which article a message is of.
intents() {
    sha256sum <"$ix/$(live "$ix")/$1/intents"
}

# A changed, a new and a removed article; in Thai by the front matter alone.
taught_de=$(intents de)
taught_th=$(intents th)
echo "Ein Einhorn steht am Schalter." >>"$kb/de/more/more-07.md"
article "$kb/ar/more/new.md" new-one "وحيد القرن" <<'BODY'
يقف وحيد القرن عند الشباك ولا يجيب عن أي سؤال.
BODY
rm "$kb/ja/more/more-30.md"
sed -i '2s/title: "/title: "ยูนิคอร์น /' "$kb/th/more/more-11.md"
index
deltas ar de th
expect "what is gone is said" [ -e "$ix/$(live "$ix")/ja/gone" ]
expect_output '^de +[0-9]+ '
expect "what no title has changed is not learnt anew" \
    [ "$(intents de)" = "$taught_de" ]
expect "a changed title is learnt" [ "$(intents th)" != "$taught_th" ]
run "$HELPDEX" search Einhorn --locale de --index "$ix"
expect_status 0
expect_output '^ 1\. .*'
expect_output '^    more/more-07'
run "$HELPDEX" search ยูนิคอร์น --locale th --index "$ix"
expect_output '^    more/more-11'
run "$HELPDEX" search "وحيد القرن" --locale ar --index "$ix"
expect_output '^    new-one'
run "$HELPDEX" suggest ยูนิ --locale th --index "$ix"
expect_output 'ยูนิคอร์น'
same_answers

# The delta is made whole again, of all that differs.
echo "Noch ein Einhorn." >>"$kb/de/more/more-08.md"
mv "$kb/ar/more/new.md" "$kb/ar/more/newer.md"
index
deltas ar de th
for id in more-07 more-08; do
    run "$HELPDEX" search Einhorn --locale de --index "$ix"
    expect_output "^    more/$id"
done
# A word that only the delta has is no typing error of another.
run "$HELPDEX" search Einhorn --locale de --index "$ix" --json
expect_output '"correction": ?null'
run "$HELPDEX" search Einhon --locale de --index "$ix"
expect_output '^    more/more-07'
same_answers

# What an article was before is not found any more.
rm "$kb/ar/more/newer.md"
sed -i '/Einhorn/d' "$kb/de/more/more-07.md"
index
run "$HELPDEX" search "وحيد القرن" --locale ar --index "$ix"
expect_no_output 'new-one'
run "$HELPDEX" search Einhorn --locale de --index "$ix"
expect_no_output 'more/more-07'

# A translation falls behind its source, though only that has changed.
source=$(ls "$kb"/en/[!m]*/*.md | head -n 1)
printf '\n## A new section\n\nSomething new.\n' >>"$source"
index
id=$(sed -n 's/^id: *//p' "$source")
run "$HELPDEX" search "$(sed -n 's/^title: *//p' \
    "$kb/de/${source#"$kb"/en/}")" --locale de --index "$ix" --json
expect_output '"stale": ?\{"behind": ?1'
same_answers

# Two articles of one id are refused, wherever the first is.
article "$kb/de/more/twin.md" more/more-01 "Zwilling" <<'BODY'
Noch einer.
BODY
run "$HELPDEX" index "$kb" --index "$ix"
expect_status 3
expect_error 'de/more/twin.md: its id "more/more-01" is that of de/more/more-01'
rm "$kb/de/more/twin.md"

# A finding about an article that stays is said again.
printf -- '---\nuntranslated: true\n---\n\nx\n' >"$kb/th/more/stub.md"
index
cp "$work/err" "$work/findings"
echo "อีกหนึ่งบรรทัด" >>"$kb/th/more/more-12.md"
index
expect "the same is said" cmp "$work/findings" "$work/err"

# Damage to any file of a delta leaves what served before.
run "$HELPDEX" verify --index "$ix"
expect_status 0
for name in gone delta/terms delta/forward delta/lexicon delta/pool; do
    file=$ix/$(live "$ix")/th/$name
    cp "$file" "$work/whole"
    printf x | dd of="$file" bs=1 seek=20 conv=notrunc 2>/dev/null
    run "$HELPDEX" search ฝากเงิน --locale th --index "$ix"
    expect_status 0
    expect_error "serves, because of .*/th/$name"
    run "$HELPDEX" verify --index "$ix"
    expect_status 1
    cp "$work/whole" "$file"
done
# So does what was never published.
cp "$file" "$ix/$(live "$ix")/th/delta/more"
run "$HELPDEX" search ฝากเงิน --locale th --index "$ix"
expect_error "serves, because of .*/th/delta/more: it was never published"
rm "$ix/$(live "$ix")/th/delta/more"

# A disk that is full, played by a limit on the size of files.
before=$(live "$ix")
echo "Nur noch ein Satz." >>"$kb/de/more/more-09.md"
for blocks in 1 8 24; do
    run sh -c 'ulimit -f "$1" && shift && exec "$@"' sh "$blocks" \
        "$HELPDEX" index "$kb" --index "$ix"
    expect_status 3
    expect_error 'File too large'
    expect "what served before serves" [ "$(live "$ix")" = "$before" ]
done

# Killed at any moment, old or new.
for pause in 0.005 0.01 0.02 0.03 0.05 0.08 0.13 0.2 0.3; do
    echo "Noch ein Satz." >>"$kb/de/more/more-09.md"
    "$HELPDEX" index "$kb" --index "$ix" --quiet &
    builder=$!
    sleep "$pause"
    kill -9 "$builder" 2>/dev/null
    wait "$builder" 2>/dev/null
    run "$HELPDEX" search Karte abgelehnt --locale de --index "$ix"
    expect_status 0
    expect_no_error
    run "$HELPDEX" verify --index "$ix"
    expect_status 0
done

# Too much, and all is indexed anew; with --full in any case.
index --full
deltas
for i in 1 2 3 4 5 6; do
    echo "Und noch ein Satz." >>"$kb/de/more/more-0$i.md"
done
index
deltas
