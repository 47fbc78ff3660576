# examples/ask.py against the shared library.
set -u
. "${0%/*}/lib.sh"
command -v python3 >/dev/null 2>&1 || skip "python3 is not here"

ask=$SOURCE_DIR/examples/ask.py
ix=$work/ix
"$HELPDEX" index "$SOURCE_DIR/kb" --index "$ix" --quiet ||
    fail "the index was not built"
export HELPDEX_LIBRARY="$LIBRARY" PYTHONDONTWRITEBYTECODE=1

# A library with a sanitizer wants the runtime of it to be there first; what
# Python itself keeps until it ends is no leak of ours.
case $SANITIZE in
*address*)
    LD_PRELOAD=$("$CC" -print-file-name=libasan.so)
    export LD_PRELOAD
    ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0
    ;;
*thread*) skip "Python is not built with ThreadSanitizer" ;;
esac

run python3 "$ask" "$ix" de "Karte abgelehnt"
expect_status 0
expect_output '^1\. Meine Kartenzahlung wurde abgelehnt \(card-payment-declined#'
run python3 "$ask" "$ix" th โอนเหรียญมาแล้วแต่ยอดยังไม่เข้า
expect_output '^1\. .*\(missing-deposit#'
run python3 "$ask" "$work/none" de x
expect_status 1
expect_error 'none: '
run python3 "$ask" "$ix" "no tag" x
expect_status 1
expect_error 'is not a language tag'

# Its structures are those of the headers.
cat >"$work/sizes.c" <<'C'
#include <helpdex/search.h>
#include <stdio.h>
int main(void)
{
    printf("%zu %zu %zu %zu %zu\n", sizeof(helpdex_error),
           sizeof(helpdex_request), offsetof(helpdex_request, explain),
           sizeof(helpdex_hit), offsetof(helpdex_hit, explanation));
    return 0;
}
C
"$CC" -I"$SOURCE_DIR/include" "$work/sizes.c" -o "$work/sizes" ||
    fail "the headers do not compile"
LD_PRELOAD='' "$work/sizes" >"$work/sizes.txt"
PYTHONPATH=$SOURCE_DIR/examples run python3 -c '
import ctypes, ask
print(ctypes.sizeof(ask.Error), ctypes.sizeof(ask.Request),
      ask.Request.explain.offset, ctypes.sizeof(ask.Hit),
      ask.Hit.explanation.offset)'
expect "the structures of ask.py are those of the headers" \
    cmp -s "$work/sizes.txt" "$work/out"
