# helpdex search --explain: the tree adds up, and is the same every time.
set -u
. "${0%/*}/lib.sh"

kb=$work/kb
ix=$work/ix
small_kb "$kb"
"$HELPDEX" index "$kb" --index "$ix" --quiet || fail "the index was not built"
export HELPDEX_INDEX="$ix"

# The tree: parts, factors, and each word of the question.
run "$HELPDEX" search gestrihcenem Flug wombat --locale de --explain --limit 1
expect_status 0
expect_output '^    0\.[0-9]{4}  score$'
expect_output '^    ├─  0\.[0-9]{4}  text$'
expect_output '^    │  ├─  0\.[0-9]{4}  words$'
expect_output '^    └─  question$'
expect_output '^       ├─  idf +[0-9.]+  typo +×0\.80  gestrihcenem ≈ gestrichen'
expect_output '^       ├─  idf +[0-9.]+  exact +×1\.00  flug$'
expect_output '^       └─  idf +[0-9.]+  not found +wombat$'
run "$HELPDEX" search surfboard --locale de --explain
expect_output '^    ├─ ×0\.8000  locale  en$'

# What is printed adds up to what is printed.
adds_up() {
    awk '
        function done(  left) {
            if (trees && (sum != text || (left = product - score) > 2 ||
                left < -2)) {
                printf "%d parts of %d, %f of %d\n", sum, text, product, score
                bad = 1
            }
        }
        function steps(number) { return int(number * 10000 + 0.5) }
        /  score/ { done(); score = steps($1); sum = 0; trees++ }
        /─  [0-9.]+  text$/ { text = steps($2); product = text; next }
        /─ ×[0-9.]+  / { sub(/×/, "", $2); product *= $2; next }
        /^    (│  |   )(├─|└─)  [0-9]/ { sum += steps($(NF - 1)) }
        END { done(); exit bad || trees < 1 }' "$1"
}
for query in "refund flight" "surfboard" "Erstattung Flug" "เงินคืน"; do
    for locale in en de th; do
        run "$HELPDEX" search "$query" --locale "$locale" --explain
        expect "the parts of \"$query\" in $locale add up" \
            adds_up "$work/out"
    done
done

# Only when asked, and in JSON as well.
run "$HELPDEX" search Flug --locale de --explain --json
expect_output '"explain":\{"parts":\{"words":[0-9.]+,'
expect_output '"question":\[\{"word":"flug","idf":[0-9.]+,"tier":"exact",'
run "$HELPDEX" search surfboard --locale de --explain --json
expect_output '"factors":\[\{"name":"locale","by":0\.8,"why":"en"\}\]'
run "$HELPDEX" search Flug --locale de --json
expect_no_output '"explain"'
run "$HELPDEX" search Flug --locale de
expect_no_output 'score|idf'

# The same index and questions give the same bytes; only the time differs. The
# second pass is on a poorer machine, whose logarithms have other last bits
# where the C library heeds this.
"$HELPDEX" index "$SOURCE_DIR/kb" --index "$work/sample" --quiet ||
    fail "the sample was not indexed"
for locale in en ar th; do
    awk -F '\t' '{ printf "q%d\t%s\n", NR, $1 }' \
        "$SOURCE_DIR/kb/queries/$locale.tsv" >"$work/batch.tsv"
    for pass in 1 2; do
        [ "$pass" = 1 ] || export GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA
        "$HELPDEX" search --batch "$work/batch.tsv" --locale "$locale" --json \
            --index "$work/sample" --explain --budget 400 |
            sed 's/"took_us":[0-9]*/"took_us":0/' >"$work/pass$pass"
    done
    unset GLIBC_TUNABLES
    ran="search --batch --explain, twice, in $locale"
    expect "all questions were answered" \
        [ "$(wc -l <"$work/pass1")" = "$(wc -l <"$work/batch.tsv")" ]
    expect "two runs give the same bytes" \
        cmp -s "$work/pass1" "$work/pass2"
done
