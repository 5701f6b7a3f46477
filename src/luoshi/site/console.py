"""The console: every command of ``cli``, and with them serve and demo, which need the assembled site."""

from __future__ import annotations

import os
import sys

import click

from luoshi import __version__
from luoshi.cli.commands import COMMANDS
from luoshi.cli.group import CommandGroup, Place, run
from luoshi.cli.home import home
from luoshi.cli.language import VARIABLE, said

PLACES = {
    **COMMANDS,
    "serve": Place("luoshi.site.serve", "启动网页服务", "Serve the pages"),
    "demo": Place("luoshi.site.demo", "生成并打开一年的演示数据", "Build and serve a year of demonstration data"),
}


def _speak(_context: click.Context, _option: click.Parameter, language: str | None) -> None:
    if language:
        os.environ[VARIABLE] = language


def console() -> CommandGroup:
    """The group of all commands, speaking the language of the environment."""
    options: list[click.Parameter] = [
        click.Option(
            ["--lang"], type=click.Choice(["zh", "en"]), callback=_speak, is_eager=True, expose_value=False,
            help=said("界面语言，也可用环境变量LUOSHI_LANG指定。", "Language of messages; or set LUOSHI_LANG."),
        ),
        click.Option(
            ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=_print_version,
            help=said("显示版本。", "Show the version."),
        ),
    ]  # fmt: skip
    words = said("落实：把一个县公布的重点任务从文件办到结果。", "Luoshi: from published key tasks to delivery.")
    return CommandGroup("luoshi", places=PLACES, params=options, help=words, no_args_is_help=True)


def _print_version(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        click.echo(f"luoshi {__version__}")
        context.exit()


def main() -> None:
    """Run the console."""
    arguments = sys.argv[1:]
    for place, word in enumerate(arguments):  # before the help texts are made
        if word.startswith("--lang"):
            chosen = word.partition("=")[2] or (arguments[place + 1] if place + 1 < len(arguments) else "")
            os.environ[VARIABLE] = chosen
    sys.exit(run(console(), arguments, home()))
