# kb/rules/*.yml, as a writer works with them.
set -u
. "${0%/*}/lib.sh"

kb=$work/kb
ix=$work/ix
small_kb "$kb"
mkdir "$kb/rules"
printf 'url: "https://help.example/{locale}/{id}"\n' >"$kb/helpdex.yml"

rules() {
    cat >"$kb/rules/desk.yml"
    run "$HELPDEX" index "$kb" --index "$ix"
}

# Rules that hold, and rules whose time has not come.
rules <<'RULES'
pins:
  - article: surfboard
    queries: {de: [gestrichener Flug], th: [เที่ยวบิน], en: [cancelled flight]}
    start: 2001-01-01
  - article: refund
    queries: [surfboard]
    start: 2999-01-01
hides:
  - article: surfboard
    queries: [hidden surfboard]
banners:
  - id: strike
    level: warning
    text: {en: "A strike delays flights.", de: "Ein Streik.", th: "นัดหยุดงาน"}
    queries: {en: [flight], de: [flug, flüge], th: [เที่ยวบิน]}
    article: refund
    end: 2999-12-31
  - id: over
    text: {en: "Not yet.", de: "Noch nicht.", th: "ยังไม่"}
    start: 2999-01-01T08:00Z
RULES
expect_status 0
expect_no_error
run "$HELPDEX" search gestrichene Flüge --locale de --index "$ix"
expect_status 0
expect_output '^! warning: Ein Streik\.$'
expect_output '^    https://help\.example/de/refund$'
expect_output '^ 1\. Take a surfboard$'
expect_output '^ 2\. Geld zurückbekommen'
expect_no_output 'Noch nicht'
run "$HELPDEX" search เที่ยวบินถูกยกเลิก --locale th --index "$ix"
expect_output '^! warning: นัดหยุดงาน$'
expect_output '^ 1\. Take a surfboard$'
run "$HELPDEX" search surfboard --locale en --index "$ix"
expect_output '^ 1\. Take a surfboard$'
expect_no_output '^!'
run "$HELPDEX" search hidden surfboard --locale en --index "$ix"
expect_status 1
run "$HELPDEX" search flight --locale en --json --index "$ix"
expect_output '"banners":\[\{"id":"strike","level":"warning","text":"A strike'
expect_output '"locale":"en","article":"refund","url":"https://help\.example/'
run "$HELPDEX" search surfboard --locale en --json --index "$ix"
expect_output '"banners":\[\]'
run "$HELPDEX" verify --index "$ix"
expect_status 0

# A fault has its line and its remedy, and the old rules hold on.
first=$(live "$ix")
refused() {
    rules
    expect_status 3
    expect_error "^$kb/rules/desk.yml:$1: .*$2"
    expect "CURRENT is untouched" [ "$(live "$ix")" = "$first" ]
}
refused '3:5' 'did you mean queries\?' <<'RULES'
pins:
  - article: refund
    querries: [money]
RULES
refused '3:5' 'no day or moment; write 2026-11-24' <<'RULES'
hides:
  - article: refund
    end: tomorrow
RULES
refused '4:17' '"english" is not a language tag; ' <<'RULES'
pins:
  - article: refund
    queries:
      english: [money]
RULES
refused '2:5' 'add queries:' <<'RULES'
pins:
  - article: refund
RULES
run "$HELPDEX" search flight --locale en --index "$ix"
expect_output '^! warning: A strike'

# What can never apply is said, and the rest is published.
rules <<'RULES'
hides:
  - article: surfbord
  - article: refund
    end: 2001-01-01
RULES
expect_status 0
expect_error 'desk.yml:2:5: warning: .*did you mean surfboard\?$'
expect_error 'desk.yml:3:5: warning: its end is past.*; remove the rule$'
expect "the new rules are live" [ "$(live "$ix")" != "$first" ]

# No byte of a rule is trusted, and none that was never published.
live=$(live "$ix")
cp -R "$ix" "$work/spoilt"
printf 'hides:\n  - article: refund\n' >"$work/spoilt/$live/rules/desk.yml"
run "$HELPDEX" verify --index "$work/spoilt"
expect_status 1
expect_error "/$live/rules/desk.yml: its (size|bytes) .* changed; "
cp "$ix/$live/rules/desk.yml" "$ix/$live/rules/more.yml"
run "$HELPDEX" verify --index "$ix"
expect_status 1
expect_error "/$live/rules/more.yml: it was never published; "
