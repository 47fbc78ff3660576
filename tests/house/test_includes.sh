# Which room may include which: the table of the architecture, read against
# every #include. The program, like any user, sees the public headers.
set -u
cd "$SOURCE_DIR" || exit 1
failures=0

complain() {
    echo "FAILED: $*" >&2
    failures=$((failures + 1))
}

sources_of() {
    find "$1" -name '*.c' -o -name '*.h' -o -name '*.cc'
}

# includes_of FILE: what stands between "..." and <...>, delimiters kept.
includes_of() {
    sed -n 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*\([<"][^>"]*\).*/\1/p' \
        "$1"
}

# room ROOM MAY...: quoted includes come from these rooms alone.
room() {
    here=$1
    shift
    allowed=" $* "
    files=$(sources_of "$here")
    [ -n "$files" ] || complain "expected sources in $here/"
    for file in $files; do
        for name in $(includes_of "$file"); do
            case $name in
            '"'*/*)
                from=${name#?}
                from=${from%%/*}
                case $allowed in
                *" $from "*) ;;
                *) complain "$file includes $name\": $here/ may include" \
                    "only${allowed}" ;;
                esac
                [ -f "${name#?}" ] || complain "$file: no file ${name#?}"
                ;;
            '"'*) complain "$file: expected \"room/file.h\", not $name\"" ;;
            esac
        done
    done
}
room base base
room text text base
room store store base
room indexer indexer base text store intent
room search search base text store
room assist assist base text store search intent
room intent intent base text store
room eval eval base
room assist assist base text store search intent
room handoff handoff base
room insights insights base
room importer importer base text
room present present base
room server server base present
room cli cli base eval importer present server
room include
room examples

# Public headers and examples see nothing of ours but helpdex/, and the C
# library; the rooms that make the library have the public headers too.
for file in $(sources_of include) $(sources_of examples); do
    for name in $(includes_of "$file"); do
        case $name in
        '<helpdex/'* | '<std'*.h | '<string.h') ;;
        *) complain "$file includes $name>: expected <helpdex/...> or C" ;;
        esac
    done
done

# Each library below is known to one room alone; patterns are for grep -E.
only_in() {
    seen=$(find . \( -path ./.git -o -path ./tests -o -path './build*' \) \
        -prune -o \( -name '*.c' -o -name '*.h' -o -name '*.cc' \) -print |
        xargs grep -lE "^[[:space:]]*#[[:space:]]*include <$1" |
        grep -vE "^\./$2")
    [ -z "$seen" ] || complain "expected <$1> only in $2, seen in: $seen"
}
only_in 'xapian' 'store/engine_xapian\.cc$'
only_in 'unicode/' '(text|insights)/'
only_in 'libstemmer\.h' 'text/'
only_in 'yaml\.h' 'base/'
only_in 'nettle/' 'base/'
only_in 'md4c' 'indexer/'
only_in 'gumbo' 'importer/'
only_in 'csv\.h' 'importer/'
only_in 'microhttpd\.h' 'server/'
only_in 'zlib\.h' 'server/'
only_in 'sqlite3\.h' '(insights|handoff)/'
only_in 'curl/' 'handoff/http\.c$'
only_in 'libpq-fe\.h' 'insights/'
only_in 'sodium\.h' '(server/|cli/cmd_key\.c)'

# The only C++ of the project.
seen=$(find . -name build -prune -o -path ./.git -prune -o \
    \( -name '*.cc' -o -name '*.cpp' -o -name '*.cxx' -o -name '*.hpp' \) \
    -print | grep -v '^\./tests/')
[ "$seen" = ./store/engine_xapian.cc ] ||
    complain "expected one file of C++, store/engine_xapian.cc; seen: $seen"

[ "$failures" = 0 ]
