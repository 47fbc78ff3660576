# clang-tidy, by .clang-tidy, finds nothing in the project's C.
set -u
cd "$SOURCE_DIR" || exit 1
command -v clang-tidy >/dev/null 2>&1 || {
    echo "skipped: clang-tidy is not here"
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What the build compiles, in our rooms: no test, nothing generated.
sed -n 's/^ *"file": "\(.*\)",*$/\1/p' "$BUILD_DIR/compile_commands.json" |
    awk -v root="$SOURCE_DIR/" 'index($0, root) == 1 {
        print substr($0, length(root) + 1)
    }' |
    grep -E '^(base|text|store|indexer|search|assist|handoff|insights|intent|eval|importer|present|server|cli)/[^/]*\.c$' |
    sort -u >"$work/files"
[ "$(wc -l <"$work/files")" -ge 20 ] || {
    echo "FAILED: expected some sources in compile_commands.json, seen" \
        "$(wc -l <"$work/files")" >&2
    exit 1
}

# Findings go to standard output; standard error has only their number.
xargs -P2 -n1 clang-tidy -p "$BUILD_DIR" --quiet <"$work/files" \
    >"$work/out" 2>"$work/err" && exit 0
echo "FAILED: expected no findings of: clang-tidy -p $BUILD_DIR FILE" >&2
cat "$work/out" >&2
[ -s "$work/out" ] || cat "$work/err" >&2
exit 1
