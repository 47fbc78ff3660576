# helpdex gate --from-contacts: tickets become golden queries.
set -u
. "${0%/*}/lib.sh"

kb=$work/kb
export HELPDEX_INDEX="$work/ix"
small_kb "$kb"
echo 'url: "https://help.example/{locale}/{id}"' >"$kb/helpdex.yml"
run "$HELPDEX" index "$kb" --quiet
expect_status 0
takes() {
    run "$HELPDEX" gate "$kb" --from-contacts "$@"
}
has() {
    expect "$1.tsv has: $2" grep -qxF "$2" "$kb/queries/$1.tsv"
}
seed="abandon ability able about above absent absorb abstract absurd abuse access accident"

cat >"$work/tickets.csv" <<CSV
ticket,subject,description,language,article_id,reply
1,Flug fiel aus,lang,de,refund,
2,"Wo ist mein Geld? Antwort an eva@kunde.example",,DE,https://help.example/de/refund?from=mail#x,
3,,เงินคืน  ยังไม่มา,th,,"ดูที่ https://help.example/th/refund."
4,Surfbrett,,de,,"Siehe <a href=""https://help.example/en/surfboard/"">hier</a> und http://help.example/de/refund"
5,Danke,,de,,Gern geschehen
6,Koffer,,de,suitcase,
7,Wallet,"my words: $seed",de,refund,
8,"$seed",,de,refund,
9,,,de,refund,
10,<eva@kunde.example>,,de,refund,
11,Boat,,,surfboard,
12,Flug fiel aus,,de,refund,
CSV
takes "$work/tickets.csv"
expect_status 0
expect_output "^$kb/queries/de.tsv: 5 rows added$"
expect_output "^$kb/queries/th.tsv: 1 rows added$"
expect_output '^12 contacts: 5 became golden queries, 1 were there$'
expect_output '^left out: 1 cite no article$'
expect_output '^left out: 1 cite an article that no locale'
expect_output '^left out: 1 say no locale$'
expect_output '^left out: 2 say nothing that could be asked$'
expect_output '^left out: 1 hold the seed phrase of a wallet$'
expect_error "^$work/tickets.csv:7:1: warning: no locale of the index has the"
expect_error "^$work/tickets.csv:9:1: warning: it seems to hold the seed phrase"
expect_error "^$work/tickets.csv:12:1: warning: no locale; say which with"
has de 'Flug fiel aus	refund'
has de 'Wo ist mein Geld? Antwort an <email>	refund'
has de 'Surfbrett	surfboard'
has de 'Surfbrett	refund'
has de 'Wallet	refund'
has th 'เงินคืน ยังไม่มา	refund'
expect "nobody's address or words were written" \
    test -z "$(grep -r 'kunde\|abandon' "$kb/queries")"
run "$HELPDEX" gate "$kb"
expect_status 0
expect_output '^de +4 '

# Again: nothing new. A file that is named otherwise is added to, and a last
# line without an end is not run into.
cp -r "$kb/queries" "$work/before"
takes "$work/tickets.csv" --json
expect_status 0
expect_output '"contacts":12,"added":0,"known":6,"no_article":1,'
expect "the files are as they were" diff -r "$work/before" "$kb/queries"
printf 'avión cancelado\trefund' >"$kb/queries/es_MX.tsv"
echo '{"message": "cancelaron mi vuelo", "locale": "es-mx", "solution": "refund"}' \
    >"$work/more.jsonl"
takes "$work/more.jsonl"
expect_output "^$kb/queries/es_MX.tsv: 1 rows added$"
expect "there are two rows" test "$(wc -l <"$kb/queries/es_MX.tsv")" = 2
takes "$work/more.jsonl" --quiet
expect_no_output
expect_no_error

# A long story is cut behind a word; --locale is that of what says none.
story=$(yes 'my flight was late' | head -50 | tr '\n' ' ')
printf 'question,article\n"%s",refund\n' "$story" >"$work/long.csv"
takes "$work/long.csv" --locale en
expect_status 0
expect "the story is cut" grep -Eqx '(my flight was late ){20}my flight was late	refund' \
    "$kb/queries/en.tsv"

# Bad input: said with its place, and nothing is written.
refuses() {
    cp -r "$kb/queries" "$work/was"
    takes "$work/$1"
    expect_status 3
    expect_error "^$work/$1$2"
    expect "nothing was written" diff -r "$work/was" "$kb/queries"
    rm -r "$work/was"
}
printf 'name,article\nx,refund\n' >"$work/bad.csv"
refuses bad.csv ':1:1: the first line names no column with what customers wrote'
printf 'subject,name\nx,y\n' >"$work/bad.csv"
refuses bad.csv ':1:1: the first line names no column with the article'
printf 'subject,article,locale\nnew,refund,de\n"x,refund,de\n' >"$work/bad.csv"
refuses bad.csv ':3:1: a quote in this row'
printf '{"subject": "new", "article": "refund", "locale": "de"}\n{"subject"\n' \
    >"$work/bad.jsonl"
refuses bad.jsonl ':2:10: this is not JSON'
printf 'subject,article\n\377,refund\n' >"$work/bad.csv"
refuses bad.csv ':2:1: byte 0xFF is not text in UTF-8'
echo x >"$work/bad.xlsx"
refuses bad.xlsx ': the ending tells no format; call it .csv'
refuses none.csv ': cannot open'
echo 'no tab' >"$kb/queries/ko.tsv"
takes "$work/more.jsonl"
expect_status 3
expect_error "^$kb/queries/ko.tsv:1:1: no tab behind the query"
rm "$kb/queries/ko.tsv"
takes "$work/tickets.csv" --save
expect_status 2
expect_error 'goes with KB_DIR and --locale alone'
