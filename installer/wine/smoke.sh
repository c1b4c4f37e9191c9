#!/usr/bin/env bash
# Start the Windows program that build.sh made, as an office would: by a plain user whose name is Chinese, from a folder
# whose name has Chinese characters and a blank and in which nothing can be written, without a network, in a Chinese
# Windows; then compare what it wrote with a run on this system, and try the setup program. Pictures: dist/windows-seen.
# PYTHON is the interpreter that runs the program here; .venv's by default.
set -euo pipefail
. "$(dirname "$0")/common.sh"

PYTHON=${PYTHON:-$checkout/.venv/bin/python}
USER_NAME=检察官
DAY=2026-11-21  # the samples' own
place="/程序 文件夹"
seen=$checkout/dist/windows-seen

[ -e "$products/XingzhiZhijian.exe" ] || { echo "run installer/wine/build.sh first"; exit 1; }
add_user "$USER_NAME" 1000 "/home/$USER_NAME"
rm -rf "$seen" "$debian/home/$USER_NAME/结果" "$debian/home/$USER_NAME"/*.png "$debian/home/$USER_NAME"/演示.*
mkdir -p "$seen"
[ ! -e "$debian$place" ] || chmod -R u+w "$debian$place"
rm -rf "${debian:?}$place"
mkdir -p "$debian$place"
cp "$products"/XingzhiZhijian.exe "$products"/XingzhiZhijian-setup.exe "$debian$place"
cp -r "$products"/XingzhiZhijian-folder "$checkout/resources/samples" "$debian$place"
chmod -R a-w,a+rX "$debian$place"

say "the smoke run, the samples without a window, and two pictures"
OFFLINE=1 SPEECH=zh_CN.UTF-8 inside "$USER_NAME" -c "$preamble"'
    cd "$1"
    if touch x 2>/dev/null; then echo "the folder can be written to"; exit 1; fi
    mkdir -p "$HOME/结果"
    export XZZJ_PASSPHRASE=xzzj-demo-2026  # of the samples: nobody types one here
    windows_path() { printf "Z:%s" "${1//\//\\}"; }
    timed() { local begin; begin=$(date +%s%N); "${@:2}"; echo "$1: $(( ($(date +%s%N) - begin) / 1000000 )) ms"; }
    # A program without a console writes what it says into a file where Wine gives it no pipe.
    timed "one file, --version" windows XingzhiZhijian.exe --version
    timed "folder, --version" windows XingzhiZhijian-folder/XingzhiZhijian.exe --version
    LIMIT=300 timed "one file, --smoke" windows XingzhiZhijian.exe --smoke
    batch() { windows XingzhiZhijian.exe batch samples "$@" >"$HOME/结果/batch.log" || { tail -5 "$HOME/结果/batch.log"; exit 1; }; }
    LIMIT=1500 timed "one file, batch" batch --out "$(windows_path "$HOME/结果/全部")" \
        --as-of "$2" --documents all --store "$(windows_path "$HOME/演示.db")"
    picture() {
        (LIMIT=60 windows XingzhiZhijian-folder/XingzhiZhijian.exe --store "$(windows_path "$HOME/演示.db")" \
            >/dev/null 2>&1 || true) &
        local program=$!
        for _ in $(seq 100); do xdotool search --onlyvisible --name 刑执智检 >/dev/null 2>&1 && break; sleep 0.3; done
        sleep 4
        import -window root "$HOME/$1.png"
        wineserver -k || true
        wait "$program" || true
    }
    timed "picture" picture window
    for each in "HKCU\\Control Panel\\Desktop" "HKCC\\Software\\Fonts"; do setting "$each" LogPixels REG_DWORD 144; done
    timeout 30 wineserver -w || true
    timed "picture at 150 %" picture window-150
    for each in "HKCU\\Control Panel\\Desktop" "HKCC\\Software\\Fonts"; do setting "$each" LogPixels REG_DWORD 96; done
    if cmp -s "$HOME/window.png" "$HOME/window-150.png"; then echo "the scaling made no difference"; exit 1; fi
' smoke "$place" "$DAY"
cp "$debian/home/$USER_NAME"/*.png "$seen"

say "the same on this system"
rm -rf "$work/here"
(cd "$checkout" && "$PYTHON" -m app batch resources/samples --out "$work/here" --as-of "$DAY" --documents all >"$work/here.log")
(cd "$checkout" && "$PYTHON" -m installer.compare "$work/here" "$debian/home/$USER_NAME/结果/全部")

say "the setup program: install, start with a file, uninstall; the data stays"
OFFLINE=1 SPEECH=zh_CN.UTF-8 inside "$USER_NAME" -c "$preamble"'
    cd "$1"
    local_folder="$WINEPREFIX/drive_c/users/$USER/AppData/Local"
    windows XingzhiZhijian-setup.exe /S
    installed="$local_folder/Programs/XingzhiZhijian/XingzhiZhijian.exe"
    [ -e "$installed" ] || { echo "not installed"; exit 1; }
    find "$WINEPREFIX" -name "刑执智检.lnk" | grep -q "Start Menu" || { echo "not in the start menu"; exit 1; }
    LIMIT=300 windows "$installed" --smoke
    mkdir -p "$local_folder/刑执智检"
    echo kept >"$local_folder/刑执智检/留着.txt"
    LIMIT=100 windows "$local_folder/Programs/XingzhiZhijian/uninstall.exe" /S "_?=$(winepath -w "$local_folder/Programs/XingzhiZhijian" 2>/dev/null)"
    [ ! -e "$installed" ] || { echo "not uninstalled"; exit 1; }
    [ -e "$local_folder/刑执智检/留着.txt" ] || { echo "the data is gone"; exit 1; }
    echo "installed, started, uninstalled; the data is still there"
' setup "$place"
say "done; the pictures in $seen are to be looked at"
ls -l "$products" | awk 'NR > 1 { print $5, $9 }'
