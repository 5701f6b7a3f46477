"""``luoshi demo``: a county's simulated year, built once for this program's code, then served."""

from __future__ import annotations

import shutil
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from luoshi.cli.group import DONE, ChineseCommand
from luoshi.cli.home import configuration, fresh_secret, home, write_configuration
from luoshi.cli.language import said
from luoshi.terms.refusal import Refusal, Refused

if TYPE_CHECKING:
    from luoshi.demo.build import Progress
    from luoshi.demo.prepare import DemoStamp

EXAMPLE = Path("examples") / "xinchang-2023" / "document.txt"
DAY = click.DateTime(["%Y-%m-%d"])


@click.command(
    "demo",
    cls=ChineseCommand,
    help=said(
        "生成一个县一年的演示数据并打开网页。程序没有变动的，直接打开上次生成的。",
        "Build a county's simulated year and serve it; unchanged, the one built before is served.",
    ),
)
@click.option("--until", type=DAY, metavar="2023-09-30", help=said("生成到哪一天。", "The day up to which it runs."))
@click.option(
    "--port",
    default=8000,
    type=click.IntRange(1, 65535),
    metavar=said("端口", "PORT"),
    help=said("端口，不写为8000。", "Port."),
)
@click.option("--no-serve", is_flag=True, help=said("只生成，不启动网页。", "Build only."))
def command(until: datetime | None, port: int, *, no_serve: bool) -> int:
    """Build the demo where it is missing, then serve it."""
    folder = home()
    stamp = ready(folder, until.date() if until else None)
    told = words(stamp)
    if no_serve:
        click.echo(said(f"演示数据在{folder}，截至{stamp.until.isoformat()}。", f"Built in {folder}.") + f"\n{told}")
        return DONE
    from luoshi.site.serve import serve

    serve("127.0.0.1", port, words=told)
    return DONE


def ready(folder: Path, until: date | None) -> DemoStamp:
    """The demo in this folder, built anew when other code or another day is wanted.

    Raises:
        Refused: the folder holds a real county.
    """
    from luoshi.demo.prepare import LAST, fingerprint, read_stamp

    known = configuration(folder)
    if known and "demo" not in known:
        message = said(
            f"{folder}里是正式数据，不会生成演示。请用环境变量LUOSHI_HOME另指一个文件夹。",
            f"{folder} holds a real county. Name another folder in LUOSHI_HOME.",
        )
        raise Refused(Refusal("site.real_home", message))
    made_of = fingerprint(Path(__file__).resolve().parents[1])
    stamp = read_stamp(folder)
    if stamp and stamp.fingerprint == made_of and stamp.until == (until or LAST):
        return stamp
    return _built(folder, until or LAST, made_of)


def _built(folder: Path, day: date, made_of: str) -> DemoStamp:
    from luoshi.demo.county import CODE, NAME, PACKS, YEAR
    from luoshi.demo.prepare import write_stamp

    _clear(folder)
    write_configuration(
        folder,
        {
            "secret_key": fresh_secret(),
            "packs": ["national", *PACKS],
            "county": {"name": NAME, "code": CODE, "year": YEAR},
            "demo": {"today": day},
        },
    )
    from luoshi.cli.started import migrate, set_up

    set_up(folder)
    migrate()
    from luoshi.demo.build import build

    document = _example()
    summary = build(document.read_bytes(), document.name, day, _progress())
    from django.db import connections

    connections.close_all()
    return write_stamp(folder, made_of, summary)


def _clear(folder: Path) -> None:
    """Take an older demo away, and nothing else."""
    for name in ("demo.json", "luoshi.toml", *(path.name for path in folder.glob("luoshi.sqlite3*"))):
        (folder / name).unlink(missing_ok=True)
    for name in ("evidence", "static"):
        shutil.rmtree(folder / name, ignore_errors=True)


def _example() -> Path:
    for place in (Path(__file__).resolve().parents[3], Path.cwd(), Path(sys.prefix).parent, Path(sys.prefix)):
        if (place / EXAMPLE).is_file():
            return place / EXAMPLE
    message = said(f"没有找到示例文件{EXAMPLE}。", f"The example {EXAMPLE} was not found.")
    raise Refused(Refusal("site.no_example", message, 404))


def _progress() -> Progress:
    """One moving line on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda *_: None

    def show(what: str, done: int, whole: int) -> None:
        sys.stderr.write(f"\r\033[K正在生成演示数据：{what} {done}/{whole} ")
        if done == whole:
            sys.stderr.write("\n")
        sys.stderr.flush()

    return show


def words(stamp: DemoStamp) -> str:
    """How to sign in."""
    lines = [
        said("演示数据，账号如下，密码都是：", "Demonstration data; sign in as, password for all: ") + stamp.password
    ]
    lines += [f"  {account:<12}{whom}" for account, whom in stamp.sign_ins.items()]
    return "\n".join(lines)
