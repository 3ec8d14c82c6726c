# Sourced: what the portal needs from the system, and how it gets there.

# The first python3 that is new enough; empty where there is none.
find_python() {
    for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
}

has_library() {
    "$python" -c "import ctypes, sys; ctypes.CDLL(sys.argv[1])" "$1" 2>/dev/null
}

# install_packages PACKAGE…: through apt as root or with sudo; else names the command and exits 2.
install_packages() {
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        as_root="sudo"
    fi
    order="${as_root:+sudo }apt-get update && ${as_root:+sudo }apt-get install --no-install-recommends -y $*"
    if ! command -v apt-get >/dev/null; then
        echo "Mangler på denne maskinen: $*. Installer dem, og kjør kommandoen på nytt." >&2
        exit 2
    fi
    # Without a terminal sudo may not ask for a password: it would wait for ever.
    if [ -n "$as_root" ] && ! { command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }; then
        echo "Mangler på denne maskinen. Kjør som root: ${order//sudo /}" >&2
        exit 2
    fi
    echo "Installerer $* …"
    log=$(mktemp)
    if ! { $as_root apt-get update && $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install --no-install-recommends -y "$@"; } >"$log" 2>&1 </dev/null; then
        tail -n 5 "$log" >&2
        rm -f "$log"
        echo "Installeringen gikk ikke. Prøv selv: $order" >&2
        exit 2
    fi
    rm -f "$log"
}
