"""The frame of the console: commands imported when called, help in Chinese, and one clear paragraph for every error."""

from __future__ import annotations

import importlib
import logging
import sys
import tempfile
import traceback
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from luoshi.cli.home import LOG_FILE
from luoshi.cli.language import said
from luoshi.terms.refusal import Refusal, Refused

DONE, FAILED, USAGE, REFUSED, BUG = 0, 1, 2, 3, 70
"""Exit codes; 70 is what sysexits.h calls an internal software error."""


@dataclass(frozen=True, slots=True)
class Place:
    """命令位置: the module that holds a command (in its name ``command``), and what it is for in both languages."""

    module: str
    chinese: str
    english: str


class ChineseCommand(click.Command):
    """命令: a command whose help speaks the console's language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", said("[选项]", "[OPTIONS]"))
        super().__init__(*args, **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, explained."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = said("显示帮助。", "Show this help.")
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=said("用法：", "Usage: "))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of options."""
        rows = [row for row in (parameter.get_help_record(ctx) for parameter in self.get_params(ctx)) if row]
        if rows:
            with formatter.section(said("选项", "Options")):
                formatter.write_dl(rows)


class CommandGroup(ChineseCommand, click.Group):
    """命令组: commands by name; a command's module is imported when the command is called, not before."""

    command_class = ChineseCommand

    def __init__(self, *args: Any, places: dict[str, Place] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", said("命令 [参数]…", "COMMAND [ARGS]..."))
        super().__init__(*args, **kwargs)
        self.places = places or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which a county meets them."""
        return [*self.places, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now."""
        place = self.places.get(cmd_name)
        if place is None:
            return super().get_command(ctx, cmd_name)
        found: click.Command = importlib.import_module(place.module).command
        return found

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then the commands without importing them."""
        ChineseCommand.format_options(self, ctx, formatter)
        rows = [(name, said(place.chinese, place.english)) for name, place in self.places.items()]
        for name in click.Group.list_commands(self, ctx):
            command = self.commands[name]
            rows.append((name, command.get_short_help_str(60)))
        with formatter.section(said("命令", "Commands")):
            formatter.write_dl(rows)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Already told with the options."""


def run(group: click.Group, arguments: list[str] | None = None, home: Path | None = None) -> int:
    """Run the console and return its exit code; no traceback ever reaches a person.

    Args:
        home: where bugs are logged.
    """
    for stream in (sys.stdout, sys.stderr):  # a terminal without UTF-8 shows question marks, and goes on
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        outcome = group.main(args=arguments, prog_name="luoshi", standalone_mode=False)
        return outcome if isinstance(outcome, int) else DONE
    except click.exceptions.Exit as left:
        return left.exit_code
    except (click.Abort, KeyboardInterrupt):
        _tell(said("已中止，什么也没有改变。", "Stopped; nothing was changed."))
        return FAILED
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        return USAGE
    except click.ClickException as error:
        _tell(usage_words(error))
        return USAGE
    except Refused as refused:
        _tell(refusal_words(refused.refusal))
        return REFUSED
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except Exception:  # noqa: BLE001  # the last door: what comes here is a bug, logged in full
        _tell(_bug(home))
        return BUG


def _tell(text: str) -> None:
    click.echo(text, err=True)


def refusal_words(refusal: Refusal) -> str:
    """A refusal as a paragraph: what, then each cell, then the rule."""
    lines = [said("未办理：", "Refused: ") + refusal.message]
    lines += [f"  {said('·', '-')} {error.message}{_got(error.got)}" for error in refusal.errors]
    lines += [said(f"  依据：{refusal.basis}", f"  Rule: {refusal.basis}")] if refusal.basis else []
    return "\n".join(lines)


def _got(got: str) -> str:
    return said(f"（填的是“{got}”）", f" (got: {got})") if got else ""


def usage_words(error: click.ClickException) -> str:
    """A mistake in what was typed, as a sentence."""
    words = error.format_message() if said("", "en") else _chinese(error)
    context = getattr(error, "ctx", None)
    if context is not None:
        words += said(f"\n请看：{context.command_path} --help", f"\nSee: {context.command_path} --help")
    return words


def _chinese(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f"是不是“{'”或“'.join(error.possibilities)}”？" if error.possibilities else ""
        return f"没有“{error.option_name}”这个选项。{near}"
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"缺少“{error.param.get_error_hint(error.ctx) if error.ctx else error.param.name}”。".replace("'", "")
    if isinstance(error, click.BadParameter) and error.param is not None and error.ctx is not None:
        hint = error.param.get_error_hint(error.ctx).replace("'", "")
        return f"“{hint}”写得不对：{_kind(error)}"
    if isinstance(error, click.FileError):
        return f"文件“{error.ui_filename}”打不开：{error.message}"
    unknown = error.message.removeprefix("No such command ")
    if unknown != error.message:
        return f"没有{unknown.replace(chr(39), '“', 1).replace(chr(39), '”', 1).rstrip('.')}这个命令。"
    return error.message


def _kind(error: click.BadParameter) -> str:
    kind = getattr(error.param, "type", None)
    if isinstance(kind, click.Choice):
        return f"只能是{'、'.join(map(str, kind.choices))}。"
    if isinstance(kind, click.Path) and "does not exist" in error.message:
        return "没有这个文件或文件夹。"
    if isinstance(kind, click.Path) and "is a directory" in error.message:
        return "这是文件夹，需要的是文件。"
    if isinstance(kind, click.types.IntParamType):
        return "应为整数，且在允许的范围内。"
    return error.message


def _bug(home: Path | None) -> str:
    identity = uuid.uuid4().hex[:8]
    folder = home if home is not None and home.is_dir() else Path(tempfile.gettempdir())
    path = folder / LOG_FILE
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{moment} {identity} luoshi {' '.join(sys.argv[1:2])}\n{traceback.format_exc()}\n")
    except OSError:
        logging.getLogger(__name__).exception(identity)
    return said(
        f"程序出错，编号{identity}，详情已记入{path}。请把这一编号告诉维护人员。",
        f"An error of the program, number {identity}; the details are in {path}.",
    )
