# What the style says about sources and a script can see: sizes, no locale in
# code, nothing that is true on one machine alone.
set -u
cd "$SOURCE_DIR" || exit 1
failures=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

complain() {
    echo "FAILED: $*" >&2
    failures=$((failures + 1))
}

# The files of the project: no build, no index, nothing hidden but our own.
find . \( -path ./.git -o -path './build*' -o -name '*.index' \) -prune -o \
    -type f -print | sort >"$work/files"
grep -E '\.(c|h|cc)$' "$work/files" >"$work/code"
[ "$(wc -l <"$work/code")" -ge 20 ] ||
    complain "expected some sources, seen $(wc -l <"$work/code")"

while read -r file; do
    lines=$(wc -l <"$file")
    [ "$lines" -le 800 ] ||
        complain "$file has $lines lines; expected 800 at most"
    awk -v file="$file" '
        /^\{/ { start = FNR }
        /^\}$/ && start {
            if (FNR - start - 1 > 100) {
                printf "FAILED: %s:%d: a function of %d lines; expected " \
                    "100 at most\n", file, start, FNR - start - 1
                bad = 1
            }
            start = 0
        }
        END { exit bad }' "$file" >&2 || failures=$((failures + 1))
done <"$work/code"

# No locale stands in C: adding one is adding a file. The one word that is a
# tag and something else, too: "id" is the name of a field.
tags=$(for pack in locales/*.yml; do basename "$pack" .yml; done |
    grep -vx id | sed 's/-/[-_]/g' | paste -sd '|' -)
grep -v '^\./tests/' "$work/code" | xargs grep -nEi "\"($tags)\"" \
    >"$work/seen"
[ ! -s "$work/seen" ] ||
    complain "expected no locale in C: $(cat "$work/seen")"

# Nothing of one machine: no absolute path of somebody's, no local service.
xargs grep -nIE \
    '(^|[^A-Za-z0-9_.}~-])/(home|root|work|mnt|srv|Users|workspace)/|local[h]ost' \
    <"$work/files" >"$work/seen"
[ ! -s "$work/seen" ] ||
    complain "expected no path or service of one machine: $(cat "$work/seen")"

[ "$failures" = 0 ]
