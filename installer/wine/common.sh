# What build.sh and smoke.sh share: where things are, and how to run something in the small Debian that holds Wine.
# Set WINE_WORK to keep the Debian (about 3 GB) elsewhere than in build/wine.

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=${WINE_WORK:-$checkout/build/wine}
debian=$work/debian
products=$checkout/dist/windows
screen=:7

say() { printf '%s  %s\n' "$(date +%T)" "$*"; }

# inside USER COMMAND...: run a command in the Debian. The mounts, the processes, what lies in /tmp and the lack of
# a network (OFFLINE=1) are the command's own and end with it, so that nothing is left of a screen that was stopped.
inside() {
    local user=$1 namespaces="--mount --pid --fork --kill-child"
    shift
    [ -z "${OFFLINE:-}" ] || namespaces="$namespaces --net"
    # shellcheck disable=SC2016,SC2086 - expanded inside; several words on purpose
    unshare $namespaces bash -c '
        mount --bind /dev "$0/dev" && mount -t proc proc "$0/proc" && mount -t tmpfs tmpfs "$0/tmp" || exit 1
        ! command -v ip >/dev/null || ip link set lo up
        exec chroot --userspec="$1" "$0" env -i PATH=/usr/bin:/bin:/usr/sbin:/sbin LANG="$2" USER="$3" \
            HOME="$4" DISPLAY="$5" WINEPREFIX="$4/wine" WINEDEBUG=-all WINEDLLOVERRIDES=mscoree,mshtml= \
            bash "${@:6}"
    ' "$debian" "$(of "$user" 3):$(of "$user" 4)" "${SPEECH:-C.UTF-8}" "$user" "$(of "$user" 6)" "$screen" "$@"
}

# What the Debian's list of users holds for a name in a column: 3 number, 4 group, 6 home.
of() { awk -F: -v name="$1" -v column="$2" '$1 == name { print $column }' "$debian/etc/passwd"; }

# add_user NAME NUMBER HOME
add_user() {
    [ -n "$(of "$1" 3)" ] || echo "$1:x:$2:$2::$3:/bin/bash" >>"$debian/etc/passwd"
    mkdir -p "$debian$3"
    chown "$2:$2" "$debian$3"
}

# Runs inside: start a screen, make a Windows if there is none, and define `windows`, which runs a Windows program.
# Wine needs a standard input and pipes for what is printed; a call that hangs is ended.
preamble='
    set -euo pipefail
    Xvfb "$DISPLAY" -screen 0 1600x1000x24 -nolisten tcp -nolisten local >/dev/null 2>&1 &
    until [ -S "/tmp/.X11-unix/X${DISPLAY#:}" ]; do sleep 0.2; done
    windows() { timeout "${LIMIT:-300}" wine "$@" </dev/null 2>&1 | cat; return "${PIPESTATUS[0]}"; }
    setting() { windows reg add "$1" /v "$2" /t "$3" /d "$4" /f >/dev/null; }
    if ! [ -e "$WINEPREFIX/made" ]; then
        timeout 300 wineboot -i </dev/null >/dev/null 2>&1
        setting "HKCU\\Software\\Wine" Version REG_SZ win10
        setting "HKCU\\Software\\Wine\\WineDbg" ShowCrashDialog REG_DWORD 0
        for font in "MS Shell Dlg" "MS Shell Dlg 2" Tahoma "Segoe UI" "Microsoft YaHei" "Microsoft YaHei UI" SimSun; do
            setting "HKCU\\Software\\Wine\\Fonts\\Replacements" "$font" REG_SZ "WenQuanYi Zen Hei"
        done
        wineserver -w
        touch "$WINEPREFIX/made"
    fi
'
