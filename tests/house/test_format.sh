# All C and C++ is laid out by .clang-format.
set -u
cd "$SOURCE_DIR" || exit 1
command -v clang-format >/dev/null 2>&1 || {
    echo "skipped: clang-format is not here"
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
find . \( -path ./.git -o -path './build*' \) -prune -o -type f \
    \( -name '*.c' -o -name '*.h' -o -name '*.cc' \) -print >"$work/files"
[ -s "$work/files" ] || {
    echo "FAILED: expected some sources" >&2
    exit 1
}
failures=0
while read -r file; do
    clang-format "$file" | cmp -s - "$file" || {
        echo "FAILED: expected the layout of: clang-format -i $file" >&2
        failures=$((failures + 1))
    }
done <"$work/files"
[ "$failures" = 0 ]
