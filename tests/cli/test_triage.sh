# Triage paths as a writer has them: checked, drawn, and published.
set -u
. "${0%/*}/lib.sh"
kb=$work/kb
cp -r "$SOURCE_DIR/kb" "$kb"
dot=$work/bin
mkdir "$dot"
# Stands for Graphviz's program: what it is given, and a mark of its own.
printf '#!/bin/sh\necho "<svg $*>"\ncat\n' >"$dot/dot"
chmod +x "$dot/dot"

# The sample paths are sound.
run "$HELPDEX" check "$kb"
expect_status 0
expect_output ': 0 errors, 0 warnings'

# All paths, or one, in a language.
run env PATH="$dot:$PATH" "$HELPDEX" triage graph "$kb"
expect_status 0
expect_output '<svg -Tsvg>'
expect_output 'How did you send the money'
expect_output 'What happened'
run env PATH="$dot:$PATH" "$HELPDEX" triage graph "$kb" missing-deposit \
    --locale ar
expect_status 0
expect_output 'كيف أرسلت المبلغ'
expect_output 'نسيت رمز'
run "$HELPDEX" triage graph "$kb" lost-2fa --format dot --locale zh_CN
expect_status 0
expect_output '^digraph triage'
expect_output '手机被偷了'
expect_output 'stakes: high'
expect_no_output 'How did you'

# Without Graphviz it says what to do.
run env PATH="$work" "$HELPDEX" triage graph "$kb"
expect_status 3
expect_error 'apt-get install graphviz'
expect_error '-.format dot'
printf '#!/bin/sh\nexit 1\n' >"$dot/dot"
run env PATH="$dot:$PATH" "$HELPDEX" triage graph "$kb"
expect_status 3
expect_error 'dot could not draw'

# Wrong names have a remedy.
run "$HELPDEX" triage graph "$kb" mising-deposit
expect_status 3
expect_error 'did you mean missing-deposit\?'
run "$HELPDEX" triage draw "$kb"
expect_status 2
expect_error 'write helpdex triage graph'
run "$HELPDEX" triage graph "$kb" --locale 'no tag'
expect_status 2
run "$HELPDEX" triage graph "$work/nowhere"
expect_status 3
rm -r "$kb/triage"
run "$HELPDEX" triage graph "$kb"
expect_status 3
expect_error 'it has no triage path; write one'

# A dead end is drawn, checked and not published.
mkdir "$kb/triage"
cat >"$kb/triage/fees.yml" <<'END'
queue: desk
articles: [fees]
nodes:
  fees: {article: fees}
END
run "$HELPDEX" triage graph "$kb" --format dot
expect_status 0
expect_output '✗'
run "$HELPDEX" check "$kb"
expect_status 1
expect_output 'fees.yml:4:3: error: .*comes to no person.*\[triage-dead-end\]'
run "$HELPDEX" index "$kb" --index "$work/ix"
expect_status 3
expect_error 'fees.yml:4:3: .*add otherwise:'
printf '  p: {handoff: yes}\n' >>"$kb/triage/fees.yml"
sed -i 's/{article: fees}/{article: fees, otherwise: p}/' "$kb/triage/fees.yml"
run "$HELPDEX" index "$kb" --index "$work/ix"
expect_status 0
run "$HELPDEX" verify --index "$work/ix"
expect_status 0
