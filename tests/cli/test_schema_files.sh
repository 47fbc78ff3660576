# Schemas for editors: the sample articles, rules and packs are sound by them,
# and what the program refuses they refuse, too.
set -u
. "${0%/*}/lib.sh"
python3 -c 'import jsonschema, yaml' 2>/dev/null ||
    skip "python3-jsonschema and python3-yaml are not here"
schemas=$SOURCE_DIR/docs/schemas
validate=$SOURCE_DIR/tests/cli/validate.py

sound() {
    schema=$1
    shift
    run python3 "$validate" "$schemas/$schema.json" "$@"
    expect_status 0
    expect_no_output
}
cd "$SOURCE_DIR" || exit 1
sound locale-pack locales/*.yml
sound helpdex kb/helpdex.yml
sound rules kb/rules/*.yml
sound triage kb/triage/*.yml
sound front-matter kb/*/*/*.md

# refused SCHEMA FILE TEXT: neither the schema nor the program takes it.
kb=$work/kb
small_kb "$kb"
mkdir -p "$kb/rules" "$kb/triage" "$work/packs"
cp locales/*.yml "$work/packs"
refused() {
    schema=$1 file=$2
    echo "$3" >"$work/$file"
    run python3 "$validate" "$schemas/$schema.json" "$work/$file"
    expect_status 1
    expect_output "$file: "
    run "$HELPDEX" index "$kb" --index "$work/ix" --locales "$work/packs"
    expect_status 3
    expect_error "$file:[0-9]+:"
    rm "$work/$file"
}
run "$HELPDEX" index "$kb" --index "$work/ix" --locales "$work/packs"
expect_status 0
for bad in 'defualt_locale: en' 'locales: en' 'default_locale: "no tag"' \
    'layout: "{locale}/x"' 'layout: ["{path}.md"]' 'aliases: [a]' \
    'exclude: "*/x/*"' 'contact: ""' 'layout: nothing-known'; do
    refused helpdex kb/helpdex.yml "$bad"
done
for bad in 'pin: []' 'pins: {article: a}' 'pins: [{article: a}]' \
    'pins: [{article: a, queries: b, locale: de}]' 'hides: [{regions: [CN]}]' \
    'boosts: [{article: a, by: 50}]' \
    'boosts: [{article: a, category: b, by: 2}]' 'boosts: [{article: a}]' \
    'banners: [{id: a}]' 'banners: [{id: a, text: b, level: bad}]' \
    'banners: [{id: a, text: b, start: tomorrow}]' \
    'pins: [{article: a, queries: []}]'; do
    refused rules kb/rules/desk.yml "$bad"
done
path='queue: q
articles: refund'
for bad in 'queue: q' "$path" "$path
nodes: {}" "$path
stakes: low
nodes: {p: {handoff: yes}}" "$path
nodes: {p: {handof: yes}}" "$path
nodes: {p: {handoff: yes, next: p}}" "$path
nodes: {p: {handoff: yes, urgency: soon}}" "$path
nodes: {a: {article: refund, flow: f}}" "$path
nodes: {a: {deep_link: 'a:b'}}" "$path
nodes: {a: {flow: f, otherwise: a}}" "$path
nodes: {a: {ask: b}}" "$path
slots: {s: {ask: b, optoinal: yes}}
nodes: {p: {handoff: yes}}" "$path
slots: {s: }
nodes: {a: {ask: b, slot: s, options: [{value: c}]}}" "$path
nodes: {a: {when: [{next: a}]}}"; do
    refused triage kb/triage/desk.yml "$bad"
done
for bad in 'person: [a]' 'person: {anywhere: a}' 'person: {allone: [a]}' \
    'nmae: x' 'fallback: en' 'stemmer: german2000' 'fold: [mark]' \
    'romanise: yes' 'compounds: true' 'stopwords: [a]' 'bigrams: Hani' \
    'synonyms: [a]' 'synonyms: {a: {from: [b]}}' 'messages: {hello: x}' \
    'messages: {did_you_mean: x}' 'messages: {topics: "{1}"}' \
    'respell: [a]'; do
    refused locale-pack packs/gsw.yml "$bad"
done

# What the head of an article says otherwise than meant; it is no fault to the
# program, which reads on.
head_refused() {
    printf -- '---\n%s\n---\n\nBody.\n' "$1" >"$work/head.md"
    run python3 "$validate" "$schemas/front-matter.json" "$work/head.md"
    expect_status 1
}
head_refused 'draft: maybe'
head_refused 'title: [a, b]'
head_refused 'questions: [{a: b}]'
