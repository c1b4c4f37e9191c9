#!/usr/bin/env bash
# Build the Linux program (Kylin, UOS, Debian, Ubuntu) and start it as an office would: by a plain user, from a folder
# whose name has Chinese characters and a blank and in which he cannot write, without a network. As root; needs a
# Python 3.11 with requirements-build.txt, given as PYTHON, and the system libraries of Qt.
set -euo pipefail
checkout=$(cd "$(dirname "$0")/../.." && pwd)
PYTHON=${PYTHON:-python3.11}
DAY=2026-11-21
scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
chmod 755 "$scratch"

cd "$checkout"
[ -n "${BUILT:-}" ] || "$PYTHON" installer/build.py --program
place="$scratch/程序 文件夹" home="$scratch/检察官"
mkdir "$place" "$home"
cp dist/linux/XingzhiZhijian "$place"
cp -r resources/samples "$place"
chmod -R a-w,a+rX "$place"
chown 65534:65534 "$home"

as_user() {
    unshare --net setpriv --reuid 65534 --regid 65534 --clear-groups env -i HOME="$home" LANG=C.UTF-8 PATH=/usr/bin:/bin \
        TMPDIR="$home" QT_QPA_PLATFORM=offscreen bash -c 'cd "$0" && ! touch x 2>/dev/null && exec "$@"' "$place" "$@"
}
begin=$(date +%s%N)
as_user ./XingzhiZhijian --smoke
echo "--smoke: $((($(date +%s%N) - begin) / 1000000)) ms"
as_user ./XingzhiZhijian batch samples --out "$home/结果" --as-of "$DAY" --documents all >"$scratch/batch.log"
"$PYTHON" -m app batch resources/samples --out "$scratch/here" --as-of "$DAY" --documents all >"$scratch/here.log"
"$PYTHON" -m installer.compare "$scratch/here" "$home/结果"
ls -l dist/linux/XingzhiZhijian | awk '{ print $5, $9 }'
