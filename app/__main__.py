"""The door: the window, `batch` without a window, or `--smoke` to prove that this copy of the program works."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app import __version__, console
from app.core import paths
from app.core.memory import collect_rarely
from app.core.offline import stand_guard

if TYPE_CHECKING:
    import argparse

BUG = 1


def main(argv: Sequence[str]) -> int:
    """Carry out what the command line asks; the exit status."""
    stand_guard()
    collect_rarely()
    console.speak(paths.log_folder() if argv else None)
    if argv[:1] == ["batch"]:
        return _batch(argv[1:])
    words = _parser().parse_args(argv) if argv else None  # whoever double-clicks says nothing
    smoke_wanted = words is not None and words.smoke
    if smoke_wanted:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    elif not _has_display():
        print("没有可用的显示器，窗口打不开。批量审查请用 python -m app batch。", file=sys.stderr)
        return BUG
    if smoke_wanted:
        from app import smoke

        return smoke.run()
    from app.ui import start

    return start.run(words.store, words.files) if words is not None else start.run(None)


def _has_display() -> bool:
    """Whether a window can be shown: always on Windows, elsewhere when a display or a Qt platform is named."""
    named = any(os.environ.get(each) for each in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    return named or sys.platform in ("win32", "darwin")


def _batch(argv: Sequence[str]) -> int:
    """The headless run; a fault of the program itself is logged and said in one line, without a traceback."""
    from app.core import log
    from app.core.batch import main as run_batch

    log.start(paths.log_folder())
    try:
        return run_batch(argv, today=date.today(), now=datetime.now().isoformat(timespec="seconds"))
    except Exception:
        logging.getLogger("app.batch").exception("batch %s", log.hide_words(" ".join(argv)))
        print(f"程序出错，没有完成。请把运行日志交给技术人员：{paths.log_folder()}。", file=sys.stderr)
        return BUG
    finally:
        log.stop()


def _parser() -> argparse.ArgumentParser:
    import argparse

    parser = argparse.ArgumentParser(prog="python -m app", description="刑执智检。不带参数时打开窗口。", add_help=False)
    parser.add_argument("--store", type=Path, metavar="文件", help="打开这个数据文件，而不是上次的")
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="表格", help="打开窗口后导入这些表格；把表格拖到程序图标上也是这样"
    )
    parser.add_argument("--smoke", action="store_true", help="用临时数据走一遍，输出一行 JSON 后退出")
    parser.add_argument("--version", action="version", version=__version__, help="显示版本号")
    parser.add_argument("-h", "--help", action="help", help="显示本说明")
    parser.epilog = "不开窗口的批量审查：python -m app batch --help"
    return parser


if __name__ == "__main__":
    if hasattr(sys, "frozen"):
        import multiprocessing

        multiprocessing.freeze_support()  # the packed program starts itself as a helper of side_by_side too
    sys.exit(main(sys.argv[1:]))
