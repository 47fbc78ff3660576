# An installation under any prefix serves programs that use pkg-config, and
# the example, in both of its builds, answers questions.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

complain() {
    echo "FAILED: $*" >&2
    failures=$((failures + 1))
}

# asks PROGRAM LOCALE QUESTION ARTICLE: the first answer is that article.
asks() {
    "$1" "$SOURCE_DIR/kb" "$work/ix" "$2" "$3" >"$work/out" 2>&1 ||
        complain "expected status 0 of: $*: $(cat "$work/out")"
    grep -q "^1\. .*($4#" "$work/out" ||
        complain "expected $4 first of: $*: $(cat "$work/out")"
}

asks "$ASK" de "Karte abgelehnt" card-payment-declined
asks "$ASK" th "โอนเหรียญมาแล้วแต่ยอดยังไม่เข้า" missing-deposit
asks "$ASK" ja "スマホをなくして認証コードが出ない" lost-2fa
if "$ASK" "$SOURCE_DIR/kb" "$work/ix" "no tag" x >/dev/null 2>&1; then
    complain "expected that ask fails on a locale that is none"
fi
if "$ASK" "$work/none" "$work/ix2" de x >"$work/out" 2>&1; then
    complain "expected that ask fails without a knowledge base"
fi
grep -q "^$work/none: no such folder; " "$work/out" ||
    complain "expected the reason: $(cat "$work/out")"

prefix=$work/prefix
cmake --install "$BUILD_DIR" --prefix "$prefix" >"$work/out" 2>&1 || {
    complain "expected that it installs: $(cat "$work/out")"
    exit 1
}
"$prefix/bin/helpdex" --version >"$work/out" 2>&1 ||
    complain "expected that the installed program runs: $(cat "$work/out")"
for header in "$SOURCE_DIR"/include/helpdex/*.h; do
    cmp -s "$header" "$prefix/include/helpdex/${header##*/}" ||
        complain "expected ${header##*/} under include/helpdex"
done
for file in man/man1/helpdex.1 man/man1/helpdex-search.1 \
    man/man3/helpdex_search.3 \
    bash-completion/completions/helpdex zsh/vendor-completions/_helpdex \
    fish/vendor_completions.d/helpdex.fish helpdex/schemas/rules.json; do
    [ -s "$prefix/share/$file" ] || complain "expected share/$file"
done

# Moved as a whole, so that nothing but its own place can be meant.
mv "$prefix" "$work/moved"
prefix=$work/moved
pc=$(find "$prefix" -name helpdex.pc)
[ -n "$pc" ] || {
    complain "expected helpdex.pc among what is installed"
    exit 1
}
PKG_CONFIG_PATH=$(dirname "$pc")
export PKG_CONFIG_PATH
version=$(pkg-config --modversion helpdex)
"$prefix/bin/helpdex" --version | grep -qx "helpdex $version" ||
    complain "expected the version of helpdex.pc, $version, of the program"
"$CC" -std=c17 -Wall -Wextra -Werror -pedantic \
    ${SANITIZE:+-fsanitize=$SANITIZE} "$SOURCE_DIR/examples/ask.c" \
    $(pkg-config --cflags --libs helpdex) -o "$work/ask" ||
    complain "expected that examples/ask.c compiles by pkg-config"
LD_LIBRARY_PATH=$(dirname "$(dirname "$pc")")
export LD_LIBRARY_PATH
asks "$work/ask" de "Karte abgelehnt" card-payment-declined

[ "$failures" = 0 ]
