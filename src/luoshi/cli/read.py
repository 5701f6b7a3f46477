"""``luoshi read``: what a document promises; it starts no site and touches no database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from luoshi.cli.group import DONE, REFUSED, ChineseCommand
from luoshi.cli.language import said
from luoshi.terms.finding import has_errors
from luoshi.terms.refusal import Refusal, Refused

if TYPE_CHECKING:
    from luoshi.reading.model import Reading

FORMATS = ("table", "jsonl", "commitments", "json", "xlsx", "html")


@click.command(
    "read",
    cls=ChineseCommand,
    help=said("识读一份文件，列出其中的目标和承诺。", "Read a document and list what it promises."),
    epilog=said(
        "只要读出结果，退出码就是0；读不出文字为3。对文件的提醒写在标准错误输出。",
        "Exits 0 whenever there is a reading, 3 when no text can be read; what is to be said about the document goes to stderr.",
    ),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar=said("文件", "FILE"))
@click.option(
    "--format", "style", type=click.Choice(FORMATS), default="table", show_default=False,
    help=said("输出格式；不写为table。", "How to show it; table unless said."),
)  # fmt: skip
@click.option(
    "--explain", is_flag=True, help=said("附上每一条的识读依据。", "With the rules by which each line was read.")
)
@click.option(
    "--coverage", is_flag=True,
    help=said("另说明全文每个字归到哪里，写在标准错误输出。", "Also say on stderr what each character belongs to."),
)  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar=said("文件", "FILE"),
    help=said("写入文件。", "Write to a file."),
)  # fmt: skip
def command(file: Path, style: str, output: Path | None, *, explain: bool, coverage: bool) -> int:
    """Read one file and show the reading."""
    from luoshi.document.load import load
    from luoshi.reading.reading import read

    if style == "xlsx" and output is None:
        hint = said("xlsx要写入文件，请加 -o 文件名.xlsx。", "xlsx goes into a file: add -o NAME.xlsx.")
        raise click.UsageError(hint)
    reading = read(load(content_of(file), file.name))
    for finding in reading.findings:
        click.echo(str(finding), err=True)
    if has_errors(reading.findings):
        return REFUSED
    rendered = _rendered(reading, style, explain=explain)
    if output:
        write(output, rendered)
    else:
        sys.stdout.buffer.write(rendered)
        sys.stdout.buffer.flush()
    if coverage:
        from luoshi.cli.read_table import coverage_of

        click.echo(coverage_of(reading), err=True)
    if explain and style in {"jsonl", "commitments"}:
        from luoshi.cli.read_table import explained

        click.echo(explained(reading), err=True)
    return DONE


def content_of(file: Path) -> bytes:
    """The bytes of a file, but for a monster only as many as are needed to refuse it.

    Raises:
        Refused: the file cannot be read.
    """
    from luoshi.document.load import LIMIT

    try:
        with file.open("rb") as opened:
            return opened.read(LIMIT + 1)
    except OSError as error:
        raise Refused(Refusal("cli.unreadable", f"文件“{file}”打不开：{error.strerror}。", 404)) from None


def write(output: Path, content: bytes) -> None:
    """Write a file at once or not at all.

    Raises:
        Refused: the folder cannot be written.
    """
    partial = output.with_name(f".{output.name}.part")
    try:
        partial.write_bytes(content)
        partial.replace(output)
    except OSError as error:
        partial.unlink(missing_ok=True) if partial.parent.is_dir() else None
        message = said(f"文件“{output}”写不了：{error.strerror}。", f"{output} cannot be written: {error.strerror}.")
        raise Refused(Refusal("cli.unwritable", message)) from None


def _rendered(reading: Reading, style: str, *, explain: bool) -> bytes:
    if style == "xlsx":
        from luoshi.cli.read_workbook import render_workbook

        return render_workbook(reading, explain=explain)
    if style == "html":
        from luoshi.cli.read_page import render_page

        return render_page(reading, explain=explain).encode()
    if style == "table":
        from luoshi.cli.read_table import render_table

        return render_table(reading, explain=explain).encode()
    from luoshi.reading.render import render_commitments, render_json, render_jsonl

    lines = {"jsonl": render_jsonl, "commitments": render_commitments, "json": render_json}
    return lines[style](reading).encode()
