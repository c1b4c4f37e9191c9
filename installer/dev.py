#!/usr/bin/env python3
"""Try, test and run the program from a checkout. Needs nothing but Python 3.11; see --help."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python meets first
    sys.exit("需要 Python 3.11 或更新版本，现在是 {}.{}。请安装后用它重新运行本命令。".format(*sys.version_info))

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)

from installer import demo, environment, machine  # noqa: E402 - importable from ROOT only
from installer.console import Stop, run, say, speak_utf8  # noqa: E402

CHECKS = {
    "代码检查（ruff check）": ["ruff", "check", "."],
    "排版检查（ruff format）": ["ruff", "format", "--check", "."],
    "类型检查（mypy）": ["mypy"],
}


def main(arguments: Sequence[str]) -> int:
    """Carry out one command; its exit status: 0 done, 1 failed, 2 wrong usage."""
    speak_utf8()
    parser = _parser()
    words, rest = parser.parse_known_args(arguments)
    if words.command is None or (rest and words.command != "test"):
        parser.error("")
    try:
        if words.command == "demo":
            return do_demo(Path(words.out).resolve(), words.window)
        return do_test(rest) if words.command == "test" else do_run()
    except Stop as reason:
        say(str(reason))
        return 1
    except KeyboardInterrupt:
        say("已按要求停止。")
        return 1


def do_demo(out: Path, window: bool | None) -> int:
    """Set up, review the samples, compare; then the window: True insists, False skips, None when there is a display."""
    python = environment.prepare(ROOT, environment.RUNTIME)
    wanted = machine.has_display() if window is None else window
    able = machine.prepare(screen=wanted)
    good = demo.review_samples(ROOT, python, out)
    if wanted and (able or window) and (out / demo.STORE).exists():
        good = demo.show(ROOT, python, out) and good
    elif window:
        say("没有演示数据，窗口没有打开。")
        good = False
    elif wanted is False and window is None:
        say("没有显示器，窗口没有打开（加 --window 可强制打开）。")
    return 0 if good else 1


def do_test(pytest_arguments: Sequence[str]) -> int:
    """Set up, then every check and the whole suite; all of them run even when one has failed."""
    python = environment.prepare(ROOT, environment.DEVELOPMENT)
    machine.prepare(screen=False)
    failed = [name for name, words in CHECKS.items() if not _passes(name, [python, "-m", *words])]
    if failed:
        say(f"未通过：{'、'.join(failed)}。下面照常运行全部测试，但本命令按失败结束。")
    say("正在运行测试（pytest）……")
    cores = str(os.cpu_count() or 1)
    status = run([python, "-m", "pytest", "-n", cores, *pytest_arguments], folder=ROOT)
    return 1 if failed or status != 0 else 0


def do_run() -> int:
    """Set up, then open the window on the user's own store."""
    python = environment.prepare(ROOT, environment.RUNTIME)
    machine.prepare(screen=True)
    return 0 if run([python, "-m", "app"], folder=ROOT) == 0 else 1


def _passes(name: str, command: Sequence[str | Path]) -> bool:
    say(f"{name}……")
    return run(command, folder=ROOT) == 0


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese."""

    def error(self, message: str) -> NoReturn:
        """Show how the command is written and leave with status 2; argparse's own English message is not shown."""
        say("命令写得不对，请按下面的用法再试一次。\n")
        self.print_help()
        raise SystemExit(2)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # argparse's own types
        """Head the usage line in Chinese."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


def _parser() -> _Parser:
    about = "试用、测试和运行刑执智检。只需 Python 3.11，其余由本命令自行装好；重复运行不会重装。"
    plain = _Parser("python installer/dev.py", description=about, add_help=False, formatter_class=_Formatter)
    parser = _with_help(plain)
    commands = parser.add_subparsers(dest="command", title="命令", metavar="demo|test|run")
    trial = _sub(
        commands,
        "demo",
        "用示例数据走一遍：审查、出文书、核对答案、打开窗口",
        "建立 .venv 并安装锁定的依赖，备齐 Qt 所需的系统库和中文字体（Debian/Ubuntu 的 root 用户自动安装，\n"
        "否则给出要执行的命令），导入 resources/samples 的示例表格，运行全部检查，写出文书和台账，\n"
        "与已知答案逐一核对；有显示器时打开窗口。答案不一致或审查失败时退出码为 1。",
    )
    choice = trial.add_mutually_exclusive_group()
    choice.add_argument("--window", action="store_const", const=True, help="一定打开窗口")
    choice.add_argument("--no-window", dest="window", action="store_const", const=False, help="不打开窗口")
    place = ROOT / "out" / "demo"
    trial.add_argument("--out", default=str(place), metavar="文件夹", help="结果写到哪里（默认 out/demo）")
    _sub(
        commands,
        "test",
        "运行代码检查和全部测试（其后的参数交给 pytest）",
        "安装开发依赖，依次运行 ruff、mypy 和 pytest；任何一项不通过，退出码为 1。\n"
        "其后的参数原样交给 pytest，例如：python installer/dev.py test tests/core -k 间隔",
    )
    _sub(commands, "run", "打开窗口，使用自己的数据", "建立 .venv 并安装依赖，然后打开窗口，使用本人的数据库。")
    return parser


def _sub(commands: Any, name: str, short: str, long: str) -> _Parser:
    parser: _Parser = commands.add_parser(
        name, help=short, description=long, add_help=False, formatter_class=_Formatter
    )
    return _with_help(parser)


def _with_help(parser: _Parser) -> _Parser:
    parser._optionals.title = "选项"
    parser.add_argument("-h", "--help", action="help", help="显示本说明")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
