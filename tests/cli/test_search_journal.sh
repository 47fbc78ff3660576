# helpdex search --journal: what was asked, for reports.
set -u
. "${0%/*}/lib.sh"
command -v python3 >/dev/null 2>&1 || skip "python3 is not here"

kb=$work/kb
ix=$work/ix
db=$work/journal.db
small_kb "$kb"
"$HELPDEX" index "$kb" --index "$ix" --quiet || fail "the index was not built"
export HELPDEX_INDEX="$ix"

# rows SQL: its rows, columns by |.
cat >"$work/rows.py" <<'PYTHON'
import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]):
    print("|".join("NULL" if c is None else str(c) for c in row))
PYTHON
rows() {
    run python3 "$work/rows.py" "$db" "$1"
}

run "$HELPDEX" search --journal "$db" --locale de --explain gestrichener Flug
expect_status 0
expect_no_error
run "$HELPDEX" search --journal "$db" --locale th เครื่องบิน jo@x.example
run "$HELPDEX" search --journal "$db" --locale en "Unicorn?"
expect_status 1
HELPDEX_JOURNAL=$db run "$HELPDEX" search --locale en unicorn
expect_status 1
rows "SELECT locale, query, hits > 0, first_id, first_tier FROM searches"
expect_output '^de\|gestrichener Flug\|1\|refund\|stem$'
expect_output '^th\|เครื่องบิน <email>\|'
expect_output '^en\|unicorn\|0\|NULL\|NULL$'
rows "SELECT lower(trim(query, ' ?!.')) AS asked, locale, count(*)
      FROM searches WHERE hits = 0 GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 1"
expect_output '^unicorn\|en\|2$'

# A seed phrase is warned of, with a journal and without, and not noted.
seed="abandon abandon abandon abandon abandon abandon abandon abandon abandon"
run "$HELPDEX" search --json --locale de "$seed abandon abandon about"
expect_output '"banners":\[\{"id":"seed-phrase","level":"critical","text":"Das sieht'
run "$HELPDEX" search --journal "$db" --locale th "$seed abandon abandon about"
expect_output '^! critical: .*วลีกู้คืน'
rows "SELECT locale, query, correction FROM searches WHERE seed_phrase"
expect_output '^th\|NULL\|NULL$'

# A batch is noted once, though it is asked twice for the latency.
printf '1\tFlug\n2\t4111 1111 1111 1111\n' >"$work/batch.tsv"
run "$HELPDEX" search --journal "$db" --locale de --batch "$work/batch.tsv" \
    --latency "$work/latency"
expect_status 0
rows "SELECT query FROM searches WHERE locale = 'de' AND rowid > 5"
expect_output '^Flug$'
expect_output '^<card>$'
expect "each query is noted once" [ "$(wc -l <"$work/out")" = 2 ]

# No fault of the journal is one of the search.
run "$HELPDEX" search --journal "$work/none/journal.db" --locale en refund
expect_status 0
expect_output '^ 1\. Get a refund'
expect_error '^helpdex: warning: .*/none/journal\.db: .*; check the path$'
run "$HELPDEX" search --journal "$work/batch.tsv" --locale en refund
expect_status 0
expect_error '^helpdex: warning: .*/batch\.tsv: no journal of Helpdex '
run "$HELPDEX" search --journal "$work/batch.tsv" --locale en refund --quiet
expect_no_error
run python3 -c "import sqlite3, sys
sqlite3.connect(sys.argv[1]).execute('PRAGMA user_version = 9')" "$db"
run "$HELPDEX" search --journal "$db" --locale en refund
expect_status 0
expect_error 'written by a newer Helpdex \(schema 9, not 2\); update'

run "$HELPDEX" index "$kb" --journal "$db"
expect_status 2
expect_error 'not an option of this command: --journal'
