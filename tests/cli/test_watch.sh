# --watch builds again when something was saved, however editors do that.
set -u
. "${0%/*}/lib.sh"

kb=$work/kb
ix=$work/ix
small_kb "$kb"
"$HELPDEX" index "$kb" --index "$ix" --watch >"$work/log" 2>"$work/log.err" &
watcher=$!

# waits COMMAND...: until it succeeds, ten seconds at most.
waits() {
    for _ in $(seq 100); do
        "$@" && return 0
        sleep 0.1
    done
    return 1
}
finds() {
    "$HELPDEX" search "$1" --locale en --index "$ix" 2>/dev/null |
        grep -q "^    $2"
}
published() {
    [ "$(grep -c ' published$' "$work/log")" -ge "$1" ]
}
says() {
    grep -q "$1" "$work/log.err"
}

expect "the first build is published" waits says 'waiting for changes'

echo 'Ask for a wombat.' >>"$kb/en/money/refund.md"
expect "a save is searchable" waits finds wombat refund

# As vim and many others: a temporary file, then a rename.
{ cat "$kb/en/money/refund.md"; echo 'Or for a quokka.'; } >"$kb/en/money/.new.swp"
mv "$kb/en/money/.new.swp" "$kb/en/money/refund.md"
expect "a rename is searchable" waits finds quokka refund

article "$kb/en/pets/deep/zoo.md" zoo "Visit the zoo" <<'BODY'
There lives a numbat.
BODY
expect "an article in a new folder is searchable" waits finds numbat zoo
echo 'And a bilby.' >>"$kb/en/pets/deep/zoo.md"
expect "the new folder is watched" waits finds bilby zoo

printf -- '---\ntitle: [\n---\n\nGone.\n' >"$kb/en/pets/deep/zoo.md"
expect "a broken save is named" waits says 'deep/zoo.md:.*'
expect "nothing is published of it" waits says 'an older index serves'
expect "the old index serves" finds bilby zoo
article "$kb/en/pets/deep/zoo.md" zoo "Visit the zoo" <<'BODY'
There lives a potoroo.
BODY
expect "the mended article is searchable" waits finds potoroo zoo

before=$(grep -c ' published$' "$work/log")
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
    article "$kb/en/burst/a$i.md" "a$i" "Burst number $i" <<'BODY'
A burst of dugongs.
BODY
done
expect "a burst is searchable" waits finds 'burst number 12' a12
expect "a burst is no build for each file" \
    [ "$(($(grep -c ' published$' "$work/log") - before))" -le 6 ]

rm -r "$kb/en/burst"
gone() {
    ! finds 'burst number 12' a12
}
expect "what was removed is not found" waits gone

# A shell has made its background jobs deaf to SIGINT: --watch hears it again.
kill -INT "$watcher"
status=0
wait "$watcher" || status=$?
ran="index --watch, and Ctrl-C"
expect_status 0
run "$HELPDEX" verify --index "$ix"
expect_status 0

run "$HELPDEX" index "$work/nowhere" --index "$ix" --watch
expect_status 3
expect_error '/nowhere: cannot watch it: No such file or directory'
run "$HELPDEX" index "$kb" --index "$ix" --jobs 0
expect_status 2
