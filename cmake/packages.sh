# Debian packages that Helpdex is built with, and how ./start and ./test get
# them. Sourced, not run. Why each is needed stands in the README.

BUILD_PACKAGES="cmake ninja-build gcc g++ pkg-config libicu-dev libxapian-dev
libyaml-dev libstemmer-dev libmd4c-dev libcjson-dev nettle-dev
libsqlite3-dev libpq-dev libmicrohttpd-dev zlib1g-dev libcurl4-gnutls-dev
libsodium-dev libgumbo-dev libcsv-dev ca-certificates"
TEST_PACKAGES="check clang-format python3 binutils util-linux mandoc
python3-jsonschema python3-yaml postgresql nginx-light openssl"
TEST_PACKAGES="$TEST_PACKAGES dpkg-dev"
# Node brings npm on some systems, and is a package of its own on others.
command -v npm >/dev/null 2>&1 || TEST_PACKAGES="$TEST_PACKAGES nodejs npm"

# Installs those of the named packages that are missing; as root or through
# sudo, else prints the one command to run and ends.
install_missing() {
    missing=
    for package in "$@"; do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$package" \
            2>/dev/null || true)
        [ "$state" = installed ] || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    command="apt-get install -y --no-install-recommends$missing"
    if [ "$(id -u)" = 0 ]; then
        sudo=
    elif command -v sudo >/dev/null 2>&1; then
        sudo=sudo
    else
        echo "Packages are missing. As root, run: $command" >&2
        exit 1
    fi
    echo "Installing$missing"
    # A mirror may be away for a moment: try again before giving up.
    for attempt in 1 2 3; do
        if $sudo apt-get update -q >/dev/null &&
            $sudo env DEBIAN_FRONTEND=noninteractive $command -q >/dev/null
        then
            return 0
        fi
        sleep $((attempt * 5))
    done
    echo "Packages could not be installed. As root, run: $command" >&2
    exit 1
}
