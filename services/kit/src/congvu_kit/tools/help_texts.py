"""The command in Vietnamese where the terminal is: what it says itself, and what the library that
reads it says around that. The words stand in `help_vi.toml`, by the English ones."""

import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, Never

import typer

from congvu_kit.tools.speech import said

Command = Any
"""Any: the library's commands, groups and parameters have no public base class."""

AROUND: Final = (
    ("Show this message and exit.", "Hiện hướng dẫn này rồi thoát."),
    ("[required]", "[bắt buộc]"),
    ("required]", "bắt buộc]"),
    ("[default: ", "[mặc định: "),
    ("default: ", "mặc định: "),
    ("[env var: ", "[biến môi trường: "),
    ("(dynamic)", "(tính khi chạy)"),
    ("<list[", "<["),
    ("<str>", "<chữ>"),
    ("<path>", "<đường dẫn>"),
    ("<int range>", "<số>"),
    ("<float range>", "<số>"),
    ("<int>", "<số>"),
    ("<float>", "<số>"),
)
"""What stands beside the words of an option."""

ONE_OF: Final = " is not one of "
"""Before the choices, as the library says it."""

HEADINGS: Final = {"Options": "Tùy chọn", "Commands": "Lệnh", "Arguments": "Tham số"}


@cache
def words() -> Mapping[str, str]:
    """Everything that commands, options and arguments say, by the English."""
    return {en: vi for part in parts().values() for en, vi in part.items()}


@cache
def parts() -> Mapping[str, Mapping[str, str]]:
    """The same by the part of the file they stand in."""
    return tomllib.loads((files("congvu_kit.tools") / "help_vi.toml").read_text("utf-8"))


def in_words(name: str) -> str:
    """What stands in a line for people, by its name in the line for programs."""
    return said(vi=words().get(name, name), en=name)


def one_line(text: str) -> str:
    return " ".join(text.split())


def commands(
    root: Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Command]]:
    """The whole tree, from its root."""
    yield path, root
    for name, command in sorted(getattr(root, "commands", {}).items()):
        yield from commands(command, (*path, name))


def texts(command: Command) -> Iterator[str]:
    """What it says of itself and of its options, in one line each."""
    own = [command.help, *(getattr(each, "help", None) for each in command.params)]
    yield from (one_line(text) for text in own if text)


def in_vietnamese(root: Command) -> Command:
    """The command and all below it; what has no words yet stays as it is."""
    for _, command in commands(root):
        command.help = _said(command.help)
        command.short_help = None
        command.context_class = _Vietnamese
        for each in command.params:
            if getattr(each, "help", None):
                each.help = _said(each.help)
    return root


def _said(text: str | None) -> str | None:
    return None if text is None else words().get(one_line(text), text)


_Formatter: Any = typer.Context.formatter_class


class _VietnameseFormatter(_Formatter):  # type: ignore[misc] # it has no public name
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, around(args), prefix or "Cách dùng: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(HEADINGS.get(heading, heading))

    def write_dl(self, rows: Any, *spacing: int, **more: int) -> None:
        super().write_dl([(around(name), around(text)) for name, text in rows], *spacing, **more)


class _Vietnamese(typer.Context):
    formatter_class = _VietnameseFormatter


def around(text: str) -> str:
    """What stands beside the words of an option, and in a line of usage."""
    for en, vi in AROUND:
        text = text.replace(en, vi)
    return text.replace("[OPTIONS]", "[TÙY CHỌN]").replace("COMMAND [ARGS]...", "LỆNH [THAM SỐ]...")


def wrong_usage(error: Any) -> str:
    """What is wrong with the command line, and where help is: the library says it in English."""
    context = error.ctx
    where = (
        f"{context.get_usage()}\nXem hướng dẫn: {context.command_path} --help\n" if context else ""
    )
    return f"{where}Lỗi: {_why(error)}"


def _why(error: Any) -> str:
    kind = type(error).__name__
    hint = _hint(error)
    match kind:
        case "NoSuchOption":
            return f"Không có tùy chọn {error.option_name}."
        case "MissingParameter":
            return f"Còn thiếu {hint or 'tham số'}."
        case "WrongCall":
            return f"{hint}: {error.message}" if hint else str(error.message)
        case "BadParameter":
            choices = str(error.message).partition(ONE_OF)[2].rstrip(".").replace("'", "")
            of = f"; chọn một trong: {choices}" if choices else ""
            return f"Giá trị của {hint or 'tham số'} không hợp lệ{of}."
        case "BadOptionUsage":
            return f"Tùy chọn {error.option_name} thiếu giá trị, hoặc không nhận giá trị."
    return "Lệnh, tham số không đúng."


def _hint(error: Any) -> str:
    given = getattr(error, "param_hint", None)
    if given is None and getattr(error, "param", None) is not None:
        given = error.param.get_error_hint()
    return given if isinstance(given, str) else " / ".join(given or ())


def run_in_vietnamese(root: Command) -> Never:
    """As the library does in English."""
    try:
        code = in_vietnamese(root)(standalone_mode=False)
    except typer.Abort:
        sys.stderr.write("Đã dừng.\n")
        raise SystemExit(1) from None
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        if type(error).__name__ == "NoArgsIsHelpError":
            sys.stderr.write(f"{error.ctx.get_help()}\n")  # type: ignore[attr-defined]
        else:
            sys.stderr.write(f"{wrong_usage(error)}\n")
        raise SystemExit(error.exit_code) from None  # type: ignore[attr-defined]
    raise SystemExit(code if isinstance(code, int) else 0)
