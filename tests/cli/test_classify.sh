# helpdex classify, as somebody uses it who measures it.
set -u
. "${0%/*}/lib.sh"

train=$work/train.tsv
test=$work/test.tsv
cat >"$train" <<'ROWS'
card_lost	I lost my card
card_lost	my card was stolen
card_lost	please block my card
card_lost	card is gone, what now
fees	why was I charged a fee
fees	what does a transfer cost
fees	is there a fee for withdrawing
fees	how much are the charges
login	I cannot log in
login	forgot my password
login	reset the password please
login	the login fails
oos	what is the weather like
ROWS
printf 'card_lost\tsomeone stole my card\nlogin\tnew password\n\t\nfees?\n' \
    >"$test"

# A line a row, the best label always, and thin training said.
run "$HELPDEX" classify "$train" "$test" --locale en
expect_status 0
expect_output '^card_lost	0\.[0-9]{6}	(answer|clarify)$'
expect_output '^login	0\.[0-9]{6}	(answer|clarify|escalate)$'
expect_output '^fees	'
expect_error 'warning: only 12 examples for 3 labels, .*; give each ten or more'
expect "there is a line for each row with text" \
    [ "$(wc -l <"$work/out")" = 3 ]
cp "$work/out" "$work/first"

# The same again gives the same bytes; labels that follow are added.
run "$HELPDEX" classify "$train" "$test" --locale en --quiet
expect_status 0
expect_no_error
expect "two runs agree" cmp -s "$work/out" "$work/first"
run "$HELPDEX" classify "$train" "$test" --top 3 --quiet
expect_output '^card_lost	[^	]*	[a-z]*	(fees|login)	(fees|login)$'
run "$HELPDEX" classify "$train" "$test" --json --quiet
expect_output '^\{"labels":\["card_lost",.*"confidence":0\.[0-9]+,"estimated":true,"decision":"'

# Scripts without spaces, by their own packs.
printf 'lock\tฉันทำบัตรหาย\nlock\tอายัดบัตร\nfee\tค่าธรรมเนียมเท่าไหร่\nfee\tค่าโอนเงิน\n' >"$work/th.tsv"
printf 'บัตรหาย\nโอนเงินเสียค่าธรรมเนียมไหม\n' >"$work/th.ask"
run "$HELPDEX" classify "$work/th.tsv" "$work/th.ask" --locale th --quiet
expect_output '^lock	'
expect_output '^fee	'

# What is wrong is named by file and line.
printf 'a\tone\nno tab here\n' >"$work/bad.tsv"
run "$HELPDEX" classify "$work/bad.tsv" "$test"
expect_status 3
expect_error "^$work/bad.tsv:2:1: no tab behind the label; write label<TAB>utterance$"
printf 'a\tone\nb\t  \n' >"$work/bad.tsv"
run "$HELPDEX" classify "$work/bad.tsv" "$test"
expect_status 3
expect_error "^$work/bad.tsv:2:2: no utterance behind the tab; "
printf 'a\tone\na\ttwo\n' >"$work/bad.tsv"
run "$HELPDEX" classify "$work/bad.tsv" "$test"
expect_status 3
expect_error "^$work/bad.tsv: fewer than two labels, or no utterance; "
printf 'a\tone\nb\t\377\n' >"$work/bad.tsv"
run "$HELPDEX" classify "$work/bad.tsv" "$test"
expect_status 3
expect_error "^$work/bad.tsv:2:3: byte 0xFF is not text in UTF-8; "
run "$HELPDEX" classify "$work/none.tsv" "$test"
expect_status 3
expect_error "^$work/none.tsv: "

# Wrong usage.
run "$HELPDEX" classify "$train"
expect_status 2
run "$HELPDEX" classify "$train" "$test" --top 4
expect_status 2
expect_error '^helpdex: --top is 1 to 3, '
run "$HELPDEX" classify "$train" "$test" --precision 101
expect_status 2
run "$HELPDEX" classify "$train" "$test" --locale 'klingon?'
expect_status 3
expect_error '"klingon\?" is no locale; '
run "$HELPDEX" search card --precision 90
expect_status 2

# An index has a classifier where articles have questions, and none elsewhere.
small_kb "$work/kb"
for id in refund surfboard; do
    file=$(find "$work/kb/en" -name "$id.md")
    sed -i "s/^id: .*/&\nquestions:\n  - how about a $id\n  - I want a $id/" \
        "$file"
done
run "$HELPDEX" index "$work/kb" --index "$work/ix" --quiet
expect_status 0
live=$work/ix/$(live "$work/ix")
expect "English has a classifier" [ -s "$live/en/intents" ]
expect "German has no questions, and none" [ ! -e "$live/de/intents" ]
expect "it is listed with the other files" grep -q en/intents "$live/manifest.json"
