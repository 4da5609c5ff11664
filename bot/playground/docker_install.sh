#!/bin/sh
# docker_install.sh PACKAGE...: install the Debian packages that this machine lacks. Quick when none is; starts no service.
set -eu

missing=
for package in "$@"; do
    case $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true) in
        installed) ;;
        *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0

say() { echo "$*" >&2; }
command -v apt-get >/dev/null || { say "this machine has no apt-get; install by hand:$missing"; exit 1; }
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { say "only root may install packages; run as root, or install by hand:$missing"; exit 1; }
    exec sudo "$0" "$@"
fi

# A policy-rc.d that answers 101 keeps Debian's packages from starting their services when they are installed.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 1' HUP INT TERM
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
fi

install() {
    # shellcheck disable=SC2086  # the list is meant to be split
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends -o Dpkg::Use-Pty=0 $missing
}
say "installing$missing"
log=$(mktemp)
if install >"$log" 2>&1 || { apt-get update -q >>"$log" 2>&1 && install >>"$log" 2>&1; }; then
    rm -f "$log"
else
    tail -n 20 "$log" >&2
    say "could not install$missing; the whole log is in $log"
    exit 1
fi
