# The public API: every function states its contract, the library exports what
# the headers declare, and each header stands alone in C and in C++.
set -u
failures=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
headers=$(find "$SOURCE_DIR/include/helpdex" -name '*.h')

complain() {
    echo "FAILED: $*" >&2
    failures=$((failures + 1))
}

[ -n "$headers" ] || complain "expected headers in include/helpdex"

# A /** comment with the four labels right above each HELPDEX_API.
for header in $headers; do
    awk '
        /^\/\*\*/ { inside = 1; comment = "" }
        inside { comment = comment "\n" $0 }
        inside && /\*\// { inside = 0; done = NR; next }
        /^HELPDEX_API/ {
            count = split("Ownership: Errors: Threads: Cost:", label, " ")
            for (i = 1; i <= count; i++)
                if (done != NR - 1 || !index(comment, "\n * " label[i] " ")) {
                    printf "FAILED: %s:%d: expected \"%s\" in a comment " \
                        "right above\n", FILENAME, FNR, label[i]
                    bad = 1
                }
        }
        END { exit bad }' "$header" >&2 || failures=$((failures + 1))
done

# Declared and exported are one set.
cat $headers | awk '
    /^HELPDEX_API/ { text = ""; taking = 1 }
    taking { text = text " " $0 }
    taking && /;/ {
        taking = 0
        match(text, /helpdex_[a-z0-9_]+\(/)
        print substr(text, RSTART, RLENGTH - 1)
    }' | sort >"$work/declared"
[ "$(wc -l <"$work/declared")" -ge 20 ] ||
    complain "expected some twenty functions, read $(wc -l <"$work/declared")"
if command -v nm >/dev/null 2>&1; then
    nm -D --defined-only "$LIBRARY" |
        awk '$2 != "A" { sub(/@@HELPDEX_0$/, "", $NF); print $NF }' | sort \
            >"$work/exported"
    diff "$work/declared" "$work/exported" >"$work/diff" ||
        complain "declared (<) and exported (>) differ:" \
            "$(grep '^[<>]' "$work/diff")"
else
    echo "nm is not here: the exported symbols were not read"
fi

# Each has a page for man(3), made of its contract.
sed 's/$/.3/' "$work/declared" >"$work/pages"
ls "$BUILD_DIR/reference/man3" | diff "$work/pages" - >"$work/diff" ||
    complain "declared (<) and in the manual (>) differ:" \
        "$(grep '^[<>]' "$work/diff")"
if command -v mandoc >/dev/null 2>&1; then
    mandoc -T lint -W warning "$BUILD_DIR"/reference/man3/*.3 >"$work/lint" ||
        complain "expected sound pages: $(head -5 "$work/lint")"
else
    echo "mandoc is not here: pages were not read"
fi

# A prototype that lacks HELPDEX_API would be in neither set.
for header in $headers; do
    if grep -nE '^[a-z].*[ *]helpdex_[a-z_]+\(' "$header" |
        grep -v ':typedef '; then
        complain "$header: expected HELPDEX_API before each function"
    fi
done

strict="-Wall -Wextra -Werror -pedantic -fsyntax-only"
for header in $headers; do
    name=helpdex/$(basename "$header")
    # Twice, so that its guard is tried too.
    printf '#include <%s>\n#include <%s>\n' "$name" "$name" >"$work/alone.c"
    cp "$work/alone.c" "$work/alone.cc"
    "$CC" -std=c17 $strict -I"$SOURCE_DIR/include" "$work/alone.c" ||
        complain "expected that $name compiles alone as C17"
    "$CXX" -std=c++17 $strict -I"$SOURCE_DIR/include" "$work/alone.cc" ||
        complain "expected that $name compiles alone as C++17"
done

[ "$failures" = 0 ]
