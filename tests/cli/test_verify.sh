# helpdex verify: what is whole, what is damaged, and what still serves.
set -u
. "${0%/*}/lib.sh"

kb=$work/kb
sound=$work/sound
ix=$work/ix
small_kb "$kb"
"$HELPDEX" index "$kb" --index "$sound" --quiet || fail "no first generation"
"$HELPDEX" index "$kb" --index "$sound" --quiet --full ||
    fail "no second generation"
live=$(live "$sound")
previous=$(cd "$sound" && ls -d 00000001-*)

fresh() {
    rm -rf "$ix"
    cp -R "$sound" "$ix"
}

# Writes one other byte over byte $2 of the file $1.
damage() {
    old=$(dd if="$1" bs=1 skip="$2" count=1 2>/dev/null | od -An -to1)
    new='\125'
    [ "$old" != ' 125' ] || new='\252'
    printf "$new" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

fresh
run "$HELPDEX" verify --index "$ix"
expect_status 0
expect_output "^generation $live is whole\$"
expect_no_error
run "$HELPDEX" verify --index "$ix" --quiet
expect_status 0
expect_no_output
run "$HELPDEX" verify --index "$ix" --json
expect_status 0
expect_output "\"generation\":.*$live"
expect_output '"damaged":[[:space:]]*\[\]'

# No index is bad input; so is a file in its place.
run "$HELPDEX" verify --index "$work/none"
expect_status 3
expect_error "^$work/none: no index there; make one with: helpdex index "
echo text >"$work/file"
for command in verify "search refund" "index $kb"; do
    run "$HELPDEX" $command --index "$work/file"
    expect_status 3
    expect_error "^$work/file[^:]*: .+; .+"
done

# Every file of a generation: a changed byte at its start, in its middle and
# at its end, a byte too few, a byte too many, and no file at all.
served_by_previous() {
    run "$HELPDEX" verify --index "$ix"
    expect_status 1
    expect_error "^$ix/$live/$1: .+; .+"
    expect_no_output
    run "$HELPDEX" search Erstattung --locale de --index "$ix"
    expect_status 0
    expect_output 'refund#'
    expect_error "^helpdex: warning: generation $previous serves, because "
}
fresh
files=$(cd "$ix/$live" && echo manifest.json */forward */terms locales/de.yml)
for file in $files; do
    size=$(wc -c <"$sound/$live/$file")
    for at in 0 $((size / 2)) $((size - 1)); do
        fresh
        damage "$ix/$live/$file" "$at"
        served_by_previous "$file"
    done
    fresh
    head -c $((size - 1)) "$sound/$live/$file" >"$ix/$live/$file"
    served_by_previous "$file"
    fresh
    printf x >>"$ix/$live/$file"
    served_by_previous "$file"
    fresh
    rm "$ix/$live/$file"
    if [ "$file" != manifest.json ]; then
        served_by_previous "$file"
    fi
done

# A folder without its manifest, and no folder at all.
fresh
rm "$ix/$live/manifest.json"
run "$HELPDEX" verify --index "$ix"
expect_status 1
expect_error "^$ix.*$live.*: .+|^$ix: generation $live is missing; .+"
run "$HELPDEX" search Erstattung --locale de --index "$ix"
expect_status 0
expect_error "generation $previous serves"
fresh
rm -r "${ix:?}/$live"
run "$HELPDEX" verify --index "$ix"
expect_status 1
expect_error "^$ix: generation $live is missing; .+"
run "$HELPDEX" search Erstattung --locale de --index "$ix"
expect_status 0
expect_error "generation $previous serves"

# A CURRENT that names nothing, or something else.
for text in '' garbage '../../etc' "$(printf '%0300d' 0)"; do
    fresh
    printf '%s' "$text" >"$ix/CURRENT"
    run "$HELPDEX" verify --index "$ix"
    expect_status 1
    expect_error "^$ix/CURRENT: names no generation; .+"
    run "$HELPDEX" search Erstattung --locale de --index "$ix"
    expect_status 0
    expect_error "^helpdex: warning: generation $live serves"
done

# All damage is named, and with nothing whole nothing is answered.
fresh
damage "$ix/$live/de/terms" 100
damage "$ix/$live/th/forward" 10
damage "$ix/$previous/en/terms" 50
run "$HELPDEX" verify --index "$ix"
expect_status 1
expect_error "^$ix/$live/de/terms: "
expect_error "^$ix/$live/th/forward: "
expect_error "^$ix/$previous/en/terms: "
run "$HELPDEX" verify --index "$ix" --json
expect_status 1
expect_output "\"file\":.*$live/de/terms"
run "$HELPDEX" search Erstattung --locale de --index "$ix"
expect_status 3
expect_error "^$ix/$live/(de/terms|th/forward): .+; .+"
expect_no_output

# The remedy that the message names mends it.
run "$HELPDEX" index "$kb" --index "$ix" --full
expect_status 0
run "$HELPDEX" search Erstattung --locale de --index "$ix"
expect_status 0
expect_no_error
# ... and so does an ordinary run, without being asked for --full.
fresh
damage "$ix/$live/de/terms" 100
run "$HELPDEX" index "$kb" --index "$ix"
expect_status 0
expect_output ' published$'
run "$HELPDEX" search Erstattung --locale de --index "$ix"
expect_status 0
expect_no_error
