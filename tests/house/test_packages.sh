# The Debian packages of this build, installed by dpkg into a root that holds
# nothing but them, a shell and the libraries that they depend on; the program
# and the library are tried in there. It is no whole Debian: that what the
# packages depend on can be had is taken from the packages installed here.
set -u
. "$SOURCE_DIR/tests/cli/lib.sh"
for tool in cpack dpkg-shlibdeps dpkg-deb chroot unshare ldconfig; do
    command -v "$tool" >/dev/null 2>&1 || skip "$tool is not here"
done
[ "$(id -u)" = 0 ] || skip "only root may install packages into another root"
unshare --mount true 2>/dev/null || skip "this container may not mount"

root=$work/root
debs=$work/debs
run env -C "$BUILD_DIR" cpack -B "$debs"
expect_status 0
rm -rf "$debs/_CPack_Packages"
for name in helpdex libhelpdex0 libhelpdex-dev; do
    expect "$name is made" [ -f "$(echo "$debs/$name"_*.deb)" ]
done

# field NAME FIELD
field() {
    dpkg-deb -f "$debs/$1"_*.deb "$2"
}

# names: what a field Depends names, versions left out.
names() {
    tr ',' '\n' | sed 's/(.*//; s/ //g; /^libhelpdex0$/d' | sort -u
}

# Who the packages say is there, is there in the eyes of dpkg.
mkdir -p "$root/etc" "$root/proc" "$root/tmp" "$root/var/lib/dpkg/info"
for name in helpdex libhelpdex0 libhelpdex-dev; do
    field "$name" Depends
done | names >"$work/depends"
while read -r name; do
    dpkg-query -s "$name" >>"$root/var/lib/dpkg/status"
    echo >>"$root/var/lib/dpkg/status"
    : >"$root/var/lib/dpkg/info/$name.list"
    : >"$root/var/lib/dpkg/info/$name:$(dpkg --print-architecture).list"
done <"$work/depends"
expect "libraries are depended on" grep -qx libxapian30 "$work/depends"

# bring FILE...: a program of here into the root, with its libraries.
bring() {
    for file in "$@"; do
        { echo "$file"; ldd "$file" 2>/dev/null | grep -o '/[^ ]*'; }
    done | sort -u | while read -r file; do
        [ ! -e "$root$file" ] || continue
        mkdir -p "$root${file%/*}"
        cp -L "$file" "$root$file"
    done
}
bring /bin/sh "$(command -v ldconfig)"

run dpkg --root="$root" --install "$debs"/*.deb
expect_status 0
run dpkg --root="$root" --verify helpdex libhelpdex0 libhelpdex-dev
expect_status 0
expect_no_output

# in_root COMMAND...
in_root() {
    run unshare --mount sh -c 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"' \
        "$root" "$@"
}

# The program needs nothing beside its libraries: packs and schemas are in it.
bring "$root/usr/bin/helpdex"
cp -r "$SOURCE_DIR/kb" "$root/kb"
in_root /usr/bin/helpdex index /kb --index /ix --quiet
expect_status 0
in_root /usr/bin/helpdex search --index /ix --locale th โอนเหรียญมาแล้วแต่ยอดยังไม่เข้า
expect_status 0
expect_output 'missing-deposit'

# A program that was linked by libhelpdex-dev finds libhelpdex0.
PKG_CONFIG_PATH=$(dirname "$(find "$root/usr/lib" -name helpdex.pc)")
export PKG_CONFIG_PATH
run "$CC" -std=c17 ${SANITIZE:+-fsanitize=$SANITIZE} \
    "$SOURCE_DIR/examples/ask.c" $(pkg-config --cflags --libs helpdex) \
    -o "$root/usr/bin/ask"
expect_status 0
bring "$root"/usr/lib/*/libhelpdex.so.0
in_root /usr/bin/ask /kb /ix2 de "Karte abgelehnt"
expect_status 0
expect_output '^1\. .*\(card-payment-declined#'

for file in bin/helpdex share/man/man1/helpdex.1 share/man/man3/helpdex_search.3 \
    lib/systemd/system/helpdex.service lib/systemd/system/helpdex.socket \
    share/doc/helpdex/examples/helpdex.yml share/doc/libhelpdex0/copyright share/zsh/vendor-completions/_helpdex; do
    expect "/usr/$file is there" [ -s "$root/usr/$file" ]
done

run dpkg --root="$root" --purge helpdex libhelpdex0 libhelpdex-dev
expect_status 0
run find "$root/usr" -name '*helpdex*'
expect_no_output
