# helpdex import: exports of other help centres become articles that are found.
set -u
. "${0%/*}/lib.sh"

kb=$work/kb
imports() {
    run "$HELPDEX" import "$@" --into "$kb"
}
# refuses PLACE WHAT: bad input, said with its place, and nothing is written.
refuses() {
    imports "$work/bad.$1"
    expect_status 3
    expect_error "^$work/bad.$1$2"
    expect "nothing was written" test ! -e "$kb"
}

cat >"$work/desk.json" <<'JSON'
{"next_page": null,
 "sections": [{"id": 7, "name": "Boats & Ferries"}],
 "articles": [
  {"id": 360001, "title": "Miss a ferry", "locale": "en-us", "source_locale": "en-us",
   "section_id": 7, "label_names": ["ferry"], "draft": false, "vote_sum": 3,
   "body": "<h2 id=\"next\">Take the next one</h2><p>Your ticket is good for a day.</p><script>x()</script>",
   "translations": [
    {"locale": "en-us", "title": "Miss a ferry", "body": "<h2 id=\"next\">Take the next one</h2><p>Your ticket is good for a day.</p><script>x()</script>"},
    {"locale": "de", "title": "Fähre verpasst", "body": "<p>Ihr Fahrschein gilt einen Tag.</p>", "outdated": true},
    {"locale": "th", "title": "พลาดเรือข้ามฟาก", "body": "<p>ตั๋วของคุณใช้ได้หนึ่งวัน</p>"},
    {"locale": "zh-tw", "title": "錯過渡輪", "body": "<p>您的船票一天內有效。</p>"},
    {"locale": "ar", "title": "فاتتني العبارة", "body": "<p>تذكرتك صالحة ليوم واحد.</p>"}]},
  {"id": 360002, "title": "Miss a ferry", "locale": "en-us", "source_locale": "en-us",
   "section_id": 7, "user_segment_id": 5, "body": "<p>Another of that name: not <a href=\"/hc/en-us/articles/360001-Miss#next\">this</a>, <a href=\"/hc/articles/9\">that</a>, <code>](/articles/360001)</code>.</p>"}]}
JSON
imports "$work/desk.json"
expect_status 0
expect_output '^6 articles: 6 written, 0 as they were'
expect_error "^$work/desk.json:4:3: warning: article 360001 \(en-US\), 1:.*script"
expect_error "^$work/desk.json: warning: fields .* left out: vote_sum$"
expect "what is dropped is said once, though the article is among its translations" \
    test "$(grep -c 'script is dropped' "$work/err")" = 1
expect_error "^$work/desk.json:13:3: warning: article 360002 is for some readers"
for locale in en-US de th zh-TW ar; do
    expect "there is an article in $locale" \
        test -f "$kb/$locale/boats-ferries/miss-a-ferry.md"
done
expect "a second article of that name has one of its own" \
    test -f "$kb/en-US/boats-ferries/miss-a-ferry-360002.md"
expect "the translation is marked" \
    grep -qx 'outdated: true' "$kb/de/boats-ferries/miss-a-ferry.md"
expect "the anchor is kept" \
    grep -q '{#next}' "$kb/en-US/boats-ferries/miss-a-ferry.md"
expect "a link to another article is one to its file, but in code" grep -qxF \
    'Another of that name: not [this](miss-a-ferry.md#next), [that](/hc/articles/9), `](/articles/360001)`.' \
    "$kb/en-US/boats-ferries/miss-a-ferry-360002.md"
expect_error "^$work/desk.json:13:3: warning: article 360002 \(en-US\) links to article 9, which"
run "$HELPDEX" index "$kb" --index "$work/ix" --quiet
expect_status 0
run "$HELPDEX" search "錯過渡輪" --locale zh-TW --index "$work/ix"
expect_output '360001  zh-TW'
run "$HELPDEX" search "Fahrschein gilt" --locale de --index "$work/ix"
expect_output '360001  de'

# Again: nothing to do. Changed by hand: refused, all of it, but for --force.
imports "$work/desk.json" --json
expect_status 0
expect_output '"written":[[:space:]]*0,'
expect_output '"unchanged":[[:space:]]*6'
echo "By hand." >>"$kb/de/boats-ferries/miss-a-ferry.md"
sed 's/for a day/for two days/' "$work/desk.json" >"$work/new.json"
imports "$work/new.json"
expect_status 3
expect_error "^$kb/de/boats-ferries/miss-a-ferry.md: is there .*--force"
expect "the other file was left alone, too" \
    grep -q 'for a day' "$kb/en-US/boats-ferries/miss-a-ferry.md"
imports "$work/new.json" --force
expect_status 0
expect_output '2 written, 4 as they were'
# A new title is no new file: the article stays where its id is.
sed 's/"Fähre verpasst"/"Schiff verpasst"/; s/Miss a ferry/Miss a boat/' \
    "$work/new.json" >"$work/titles.json"
imports "$work/titles.json" --force
expect_status 0
expect "no second file was made" \
    test "$(find "$kb" -name '*.md' | wc -l)" = 6
# A new translation goes where its family is, though the title is another now.
echo '{"articles": [{"id": 360001, "title": "渡し船", "locale": "ja", "body": "x"}]}' \
    >"$work/more.json"
imports "$work/more.json"
expect_status 0
expect "it stands beside the others" \
    test -f "$kb/ja/boats-ferries/miss-a-ferry.md"
# The file of another article is not replaced, whatever is said.
article "$kb/en-US/by-hand.md" own "By hand" <<'BODY'
Written here.
BODY
echo '{"articles": [{"id": "by-hand", "title": "a", "locale": "en-US", "body": "x"}]}' \
    >"$work/more.json"
imports "$work/more.json" --force
expect_status 0
expect "it is as it was" grep -q 'Written here' "$kb/en-US/by-hand.md"
expect "the other has a name of its own" test -f "$kb/en-US/by-hand-2.md"
# Nothing is written behind a link.
mv "$kb/de" "$work/elsewhere"
ln -s "$work/elsewhere" "$kb/de"
imports "$work/new.json" --force
expect_status 3
expect_error "$kb/de/.*: de is a link"
rm -r "${kb:?}"

cat >"$work/articles.json" <<'JSON'
{"type": "list", "data": [
 {"id": "12", "type": "article", "title": "Lost card", "description": "What to do", "default_locale": "en",
  "body": "<p>Block it.</p>", "state": "published", "parent_id": 9, "updated_at": 1767312000,
  "translated_content": {"type": "article_translated_content",
   "ja": {"type": "article_content", "title": "カードの紛失", "body": "<p>停止してください。</p>", "state": "draft"},
   "ko": {"type": "article_content", "title": "카드 분실", "body": "<p>정지하세요.</p>", "state": "published"}}}]}
JSON
imports "$work/articles.json"
expect_status 0
expect "seconds are a day" \
    grep -qx 'lastmod: "2026-01-02"' "$kb/en/collection-9/lost-card.md"
expect "a draft is one" grep -qx 'draft: true' "$kb/ja/collection-9/lost-card.md"
expect "Korean is there" grep -q '카드 분실' "$kb/ko/collection-9/lost-card.md"
rm -r "${kb:?}"

mkdir "$work/faq"
printf 'id,Locale,question,answer,votes\r\nq1,de,"Was, wenn ""nein""?","Dann * nicht."\r\n\r\n,,,,\r\n../../q2,pt_BR,Por quê?,<p>Porque <b>sim</b>.</p>,3\r\n' \
    >"$work/faq/a.csv"
echo '{"id": "con", "question": "Why?", "answer": "# Because", "untranslated": false}' \
    >"$work/faq/b.jsonl"
imports "$work/faq" --locale en
expect_status 0
expect_error "a.csv: warning: fields .*: votes$"
expect "quotes are read" grep -qx 'title: "Was, wenn \\"nein\\"?"' "$kb/de/q1.md"
expect "signs are escaped" grep -qx 'Dann \\\* nicht\.' "$kb/de/q1.md"
expect "an id leads nowhere" test -f "$kb/pt-BR/q2.md"
expect "HTML is read" grep -qx 'Porque \*\*sim\*\*\.' "$kb/pt-BR/q2.md"
expect "no file is called like a device" test -f "$kb/en/con-article.md"
expect "the heading is a text" grep -qx '\\# Because' "$kb/en/con-article.md"
rm -r "${kb:?}"

# Bad input.
printf '{"articles": [\n {"id": 1, }]}' >"$work/bad.json"
refuses json ':2:[0-9]+: this is not JSON from here on; '
: >"$work/bad.json"
refuses json ': the file is empty; '
printf '{"articles": [{"id": 1, "title": "a\0b"}]}' >"$work/bad.json"
refuses json ':1:36: byte 0x00 is not text in UTF-8; '
printf '{"articles": [{"id": 1, "title": "\377"}]}' >"$work/bad.json"
refuses json ':1:35: byte 0xFF is not text in UTF-8; '
echo '{"articles": [{"id": 1, "title": "a", "body": "x", "locale": "no tag"}]}' \
    >"$work/bad.json"
refuses json ':1:15: article 1: "no tag" is not a language tag; '
echo '{"articles": [{"id": 1, "title": "a", "body": "x"}]}' >"$work/bad.json"
refuses json ':1:15: article 1 has no locale; say which with --locale'
echo '{"articles": [{"title": "a", "locale": "de"}]}' >"$work/bad.json"
refuses json ':1:15: an article without an id; '
echo '{"articles": [{"id": 1, "locale": "de"}]}' >"$work/bad.json"
refuses json ':1:15: article 1 has no title; '
echo '{"tickets": []}' >"$work/bad.json"
refuses json ': neither "articles" nor '
printf '{"id":1,"locale":"de","title":"a","body":"x"}\n%s\n' \
    '{"id":1,"locale":"de","title":"a","body":"y"}' >"$work/bad.jsonl"
refuses jsonl ':2:1: article 1 is there in de already .*bad.jsonl:1:1; keep one'
printf '{"id":1,"locale":"de","title":"a","body":"x\\u0000"}\n' >"$work/bad.jsonl"
refuses jsonl ':1:[0-9]+: .u0000 is no character; '
printf '{"id":1,"locale":"de","title":"a","body":"' >"$work/bad.jsonl"
head -c 300000 /dev/zero | tr '\0' x >>"$work/bad.jsonl"
echo '"}' >>"$work/bad.jsonl"
refuses jsonl ':1:1: article 1 is of 292 KiB, .*; split it'
printf 'id,locale,question\n1,de,a\n' >"$work/bad.csv"
refuses csv ':1:1: the first line names no column "answer"; '
printf 'id,locale,question,answer\n1,de,a,b,c\n' >"$work/bad.csv"
refuses csv ':2:1: 5 cells under 4 names; '
printf 'id,locale,question,answer\n1,de,"a,b\n' >"$work/bad.csv"
refuses csv ':2:1: a quote in this row is not doubled or not closed; '
echo text >"$work/bad.txt"
refuses txt ': the ending tells no format; say which with --format'
run "$HELPDEX" import "$work/none.json" --into "$kb"
expect_status 3
expect_error "^$work/none.json: cannot open"
run "$HELPDEX" import "$work/desk.json"
expect_status 2
expect_error 'add --into KB_DIR'
run "$HELPDEX" import "$work/desk.json" --into "$kb" --format trec
expect_status 2
expect_error 'not a choice: trec'
run "$HELPDEX" search x --format csv
expect_status 2
expect_error 'not a choice: csv'
