# What an unlucky user meets: each fault has its status and a message that
# says where, what and what to do; and the old index serves on.
set -u
. "${0%/*}/lib.sh"

kb=$work/kb
ix=$work/ix
small_kb "$kb"
"$HELPDEX" index "$kb" --index "$ix" --quiet || fail "the index was not built"
first=$(live "$ix")

still_serves() {
    expect "CURRENT is untouched" [ "$(live "$ix")" = "$first" ]
    expect "no draft is left" [ ! -e "$ix/draft" ]
    run "$HELPDEX" search Erstattung --locale de --index "$ix"
    expect_status 0
    expect_output 'refund#'
    expect_no_error
}

# refused FILE LINE[:COLUMN] WHAT: indexing fails at that place.
refused() {
    run "$HELPDEX" index "$bad" --index "$ix"
    expect_status 3
    expect_error "^$1${2:+:$2}: [^;]+; .+"
    expect_error "$3"
    expect_error '^helpdex: nothing was published; an older index serves'
    expect_no_output
    still_serves
}

# A copy of the knowledge base to spoil.
new_bad() {
    bad=$work/bad
    rm -rf "$bad"
    cp -R "$kb" "$bad"
    spoilt=$bad/de/money/refund.md
}

new_bad
printf 'id: x\n\nGr\303\274\303\237e und Gr\374\303\237e\n' >"$spoilt"
refused "$spoilt" 3:13 'not UTF-8'
new_bad
printf -- '---\ntitle: "\300\257"\n---\nText.\n' >"$spoilt"
refused "$spoilt" 2:9 'not UTF-8'
new_bad
printf '\376\377\000H\000i' >"$spoilt"
refused "$spoilt" 1:1 'not UTF-8'

new_bad
printf -- '---\nid: refund\ntitle: Rest\n\nText ohne Ende.\n' >"$spoilt"
refused "$spoilt" 1:1 'not closed'

new_bad
{
    echo '---'
    echo 'a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]'
    for level in 1 2 3 4 5 6 7 8 9; do
        below=$((level - 1))
        printf 'a%s: &a%s [' "$level" "$level"
        for i in 1 2 3 4 5 6 7 8; do printf '*a%s, ' "$below"; done
        echo "*a$below]"
    done
    printf 'tags: *a9\n---\nText.\n'
} >"$spoilt"
refused "$spoilt" '[0-9]+:[0-9]+' ''

new_bad
{
    printf -- '---\ntags: '
    printf '%020000d' 0 | tr 0 '['
    printf '\n---\nText.\n'
} >"$spoilt"
refused "$spoilt" '[0-9]+(:[0-9]+)?' ''
new_bad
printf -- '---\ntitle: [a, b\nid: "x\n---\nText.\n' >"$spoilt"
refused "$spoilt" '[0-9]+:[0-9]+' ''

new_bad
printf '%0300000d' 0 | sed 's/0000000000/Erstattung /g' >"$spoilt"
refused "$spoilt" '' 'KiB'

# The first build of all: no older index is spoken of.
run "$HELPDEX" index "$bad" --index "$work/new"
expect_status 3
expect_error '^helpdex: nothing was published; '
expect_no_error 'older index'
expect "nothing was published" [ ! -e "$work/new/CURRENT" ]

# Two articles of one locale with one id: both are named.
new_bad
cp "$spoilt" "$bad/de/twin.md"
refused "$bad/de/(twin|money/refund).md" '' 'refund'

# Every fault is said in one run, not the first alone.
new_bad
printf 'Gr\374\303\237e\n' >"$spoilt"
printf -- '---\ntitle: x\n' >"$bad/th/money/refund.md"
refused "$spoilt" 1:3 'not UTF-8'
run "$HELPDEX" index "$bad" --index "$ix"
expect_error "^$bad/th/money/refund.md:"
run "$HELPDEX" index "$bad" --index "$ix" --json
expect_status 3
expect_output '"file":.*th/money/refund\.md'

# helpdex.yml: a fault has its line.
new_bad
printf 'default_locale: en\nexclud: []\n' >"$bad/helpdex.yml"
refused "$bad/helpdex.yml" '2:[0-9]+' 'did you mean exclude'
printf 'locales: [en, "not a tag"]\n' >"$bad/helpdex.yml"
refused "$bad/helpdex.yml" '1:[0-9]+' 'not a language tag'
printf 'locales: [en\n' >"$bad/helpdex.yml"
refused "$bad/helpdex.yml" '[0-9]+:[0-9]+' ''

# Folders that are empty, missing, a file, or hold no locale.
bad=$work/empty
mkdir "$bad"
refused "$bad" '' 'no articles'
mkdir "$bad/notes" "$bad/de"
echo text >"$bad/notes/a.md"
refused "$bad" '' 'no articles'
bad=$work/drafts
mkdir -p "$bad/en"
printf -- '---\ndraft: true\n---\nText.\n' >"$bad/en/a.md"
refused "$bad" '' 'draft'
run "$HELPDEX" index "$work/missing" --index "$ix"
expect_status 3
expect_error "^$work/missing: no such folder; .+"
still_serves
run "$HELPDEX" index "$kb/en/money/refund.md" --index "$ix"
expect_status 3
expect_error "^$kb/en/money/refund.md: .+; .+"
still_serves
run "$HELPDEX" index "" --index "$ix"
expect_status 3
still_serves

# Odd things among the articles are neither read nor waited for.
new_bad
mkdir "$bad/de/folder.md"
ln -s /etc/passwd "$bad/de/link.md"
ln -s . "$bad/de/loop"
mkfifo "$bad/de/pipe.md"
: >"$bad/de/blank.md"
printf '\357\273\277---\r\nid: bom\r\ntitle: Marke\r\n---\r\nBytemarke.\r\n' \
    >"$bad/de/bom.md"
printf 'Mit\000Null.\n' >"$bad/de/nul.md"
{
    printf '%020000d' 0 | tr 0 '>'
    printf ' Tief.\n\n'
    printf '%020000d' 0 | tr 0 '['
    printf '%020000d\n' 0 | tr 0 '*'
} >"$bad/de/deep.md"
echo 'Neue Zeile im Namen.' >"$bad/de/a
b.md"
escape=$(printf '\033')
c1=$(printf '\302\233')
: >"$bad/de/blank${escape}[31m${c1}31m.md"
run timeout 60 "$HELPDEX" index "$bad" --index "$work/odd"
expect_status 0
expect_error "^$bad/de/link.md: warning: not a regular file.*; "
expect_error "^$bad/de/pipe.md: warning: not a regular file.*; "
expect_error "^$bad/de/blank.md: warning: .*blank.*; "
expect_error "^$bad/de/blank[? ]\[31m[? ]31m.md: warning: .*blank.*; "
expect_no_error "$escape|$c1"
run "$HELPDEX" search Bytemarke --locale de --index "$work/odd"
expect_output '^ 1\. Marke$'
run "$HELPDEX" search root --locale de --index "$work/odd"
expect_no_output 'link'

# Packs that are none.
run "$HELPDEX" index "$kb" --index "$ix" --locales "$work/missing"
expect_status 3
expect_error "^$work/missing: .+; .+"
still_serves
cp -R "$SOURCE_DIR/locales" "$work/packs"
printf 'name: Deutsch\nfallbak: [en]\n' >"$work/packs/de.yml"
run "$HELPDEX" index "$kb" --index "$ix" --locales "$work/packs"
expect_status 3
expect_error "^$work/packs/de.yml:2:[0-9]+: .+; .+"
still_serves

# A folder that is somebody's is no place for an index.
mkdir "$work/theirs"
echo precious >"$work/theirs/thesis.txt"
run "$HELPDEX" index "$kb" --index "$work/theirs"
expect_status 3
expect_error "^$work/theirs: holds other files.*; .+"
expect "the folder is as it was" [ "$(ls -A "$work/theirs")" = thesis.txt ]
run "$HELPDEX" index "$kb" --index "$kb"
expect_status 3
expect "the knowledge base is as it was" [ ! -e "$kb/LOCK" ]

# An index of another version: refused with the command that mends it.
older=$work/older
cp -R "$ix" "$older"
sed 's/"analyser":[[:space:]]*[0-9]*/"analyser": 9999/' \
    "$older/$first/manifest.json" >"$work/manifest"
cp "$work/manifest" "$older/$first/manifest.json"
digest=$(sha256sum "$older/$first/manifest.json" | cut -c 1-16)
other=00000001-$digest
mv "$older/$first" "$older/$other"
echo "$other" >"$older/CURRENT"
for command in verify "search Erstattung --locale de"; do
    run "$HELPDEX" $command --index "$older"
    expect_status 4
    expect_error "^$older: built with .*analyser 9999.*; run: helpdex index"
    expect_no_output
done
run "$HELPDEX" index "$kb" --index "$older"
expect_status 0
expect_output ' published$'
run "$HELPDEX" search Erstattung --locale de --index "$older"
expect_status 0
expect_no_error
run "$HELPDEX" verify --index "$older"
expect_status 0

# An index that another process writes: in use, but it serves.
if command -v flock >/dev/null 2>&1; then
    run flock "$ix/LOCK" "$HELPDEX" index "$kb" --index "$ix" --full
    expect_status 4
    expect_error "^$ix: another process is writing this index; .+"
    run flock "$ix/LOCK" "$HELPDEX" search Erstattung --locale de --index "$ix"
    expect_status 0
    still_serves
else
    echo "flock is not here: the lock was not tried"
fi

# A full disk, played by a limit on the size of files.
for blocks in 1 4 8; do
    run sh -c 'ulimit -f "$1" && shift && exec "$@"' sh "$blocks" \
        "$HELPDEX" index "$kb" --index "$ix" --full
    expect_status 3
    expect_error "^($ix/|helpdex: ).+: .+; .+"
    still_serves
done
run sh -c 'ulimit -f 1 && exec "$@"' sh \
    "$HELPDEX" index "$kb" --index "$work/full"
expect_status 3
run "$HELPDEX" search refund --index "$work/full"
expect_status 3
expect_error "^$work/full: no index there; .+"
run "$HELPDEX" index "$kb" --index "$work/full"
expect_status 0

# Last, because root reads everything.
if [ "$(id -u)" = 0 ]; then
    echo "this is root: the unreadable file was not tried"
    exit 0
fi
new_bad
chmod 0 "$spoilt"
run "$HELPDEX" index "$bad" --index "$ix"
expect_status 3
expect_error "^$spoilt: cannot open: .+; .+"
still_serves
chmod 500 "$ix"
run "$HELPDEX" search Erstattung --locale de --index "$ix"
expect_status 0
chmod 700 "$ix"
