# Makes a page for man(3) of each function of the public headers, out of its
# contract: awk -v folder=MAN3 -v date=DATE -v version=VERSION -f this HEADER...
# The test of the headers sees to it that each has one.

function roff(text) {
    gsub(/\\/, "\\e", text)
    gsub(/-/, "\\-", text)
    while (match(text, /`[^`]*`/))
        text = substr(text, 1, RSTART - 1) "\\fB" \
            substr(text, RSTART + 1, RLENGTH - 2) "\\fR" \
            substr(text, RSTART + RLENGTH)
    return text ~ /^[.']/ ? "\\&" text : text
}

function base_name(path) {
    sub(/.*\//, "", path)
    return path
}

FNR == 1 { header = base_name(FILENAME) }

/^\/\*\*/ { inside = 1; count = 0; next }

inside && /\*\// { inside = 0; next }

inside {
    sub(/^ \*/, "")
    contract[++count] = $0
    next
}

/^HELPDEX_API/ { prototype = ""; taking = 1 }

taking {
    line = $0
    sub(/^HELPDEX_API */, "", line)
    sub(/^ +/, "", line)
    prototype = prototype (prototype == "" || prototype ~ /[(*]$/ || \
        line == "" ? "" : " ") line
}

taking && /;/ {
    taking = 0
    match(prototype, /helpdex_[a-z0-9_]+\(/)
    write(substr(prototype, RSTART, RLENGTH - 1))
}

function write(name,    page) {
    page = folder "/" name ".3"
    printf ".TH %s 3 %s \"Helpdex %s\" \"Helpdex\"\n.SH NAME\n%s \\- %s\n", \
        toupper(name), date, version, name, summary() >page
    print ".SH SYNOPSIS\n.nf\n#include <helpdex/" header ">" >page
    print ".PP" >page
    write_prototype(page)
    print ".fi\n.SH DESCRIPTION" >page
    write_contract(page)
    print ".SH SEE ALSO\n.BR helpdex (1);" >page
    print "the header has the fields of structures." >page
    close(page)
}

# The first sentence, which may take more than a line, up to a sign that stands
# in no quotation.
function summary(    i, text, quoted) {
    for (i = 1; i <= count && contract[i] !~ /^ *$/; i++)
        text = text contract[i]
    sub(/^ /, "", text)
    for (i = 1; i <= length(text); i++) {
        if (substr(text, i, 1) == "\"")
            quoted = !quoted
        if (!quoted && substr(text, i, 2) ~ /^[.:;]( |$)/)
            break
    }
    text = substr(text, 1, i - 1)
    return roff(tolower(substr(text, 1, 1)) substr(text, 2))
}

# A parameter a line where all do not fit on one.
function write_prototype(page,    text) {
    text = prototype
    if (length(text) > 72) {
        sub(/\(/, "(\n    ", text)
        gsub(/, /, ",\n    ", text)
    }
    print roff(text) >page
}

function write_contract(page,    i, text, labelled) {
    for (i = 1; i <= count; i++) {
        text = contract[i]
        if (match(text, /^ (Ownership|Errors|Threads|Cost): /)) {
            print ".SH " toupper(substr(text, 2, RLENGTH - 3)) >page
            text = substr(text, RLENGTH + 1)
            text = toupper(substr(text, 1, 1)) substr(text, 2)
            labelled = 1
        } else if (text ~ /^ *$/) {
            # What stands behind the labels is said of what is returned.
            if (i < count && contract[i + 1] !~ /^ [A-Z][a-z]+: /)
                print labelled ? ".SH RETURN VALUE" : ".PP" >page
            continue
        }
        sub(/^ +/, "", text)
        print roff(text) >page
    }
}
