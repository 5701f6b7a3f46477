"""``luoshi bench``: measurements, by name."""

from __future__ import annotations

import click

from luoshi.cli.group import CommandGroup, Place
from luoshi.cli.language import said

BENCHES = {
    "pages": Place("luoshi.cli.bench_pages", "每个角色的每个页面：毫秒、字节、查询数", "Every page of every role"),
    "engine": Place(
        "luoshi.cli.bench_engine", "一个省的数据：负载下的页面、提交、重算、重演", "The engine on a province"
    ),
    "sheet": Place("luoshi.cli.bench_sheet", "60行的填报表：打开、自动保存", "A sheet of 60 rows: opened, saved"),
    "workbook": Place("luoshi.cli.bench_workbook", "5000行的填报表：检查、导入", "A workbook of 5,000 rows"),
    "reading": Place("luoshi.cli.bench_reading", "与单一正则和第三方库对比识读", "Reading compared with other readers"),
    "corpus": Place("luoshi.cli.bench_corpus", "一批文件：每秒字数、随长度增长、内存", "A folder of documents"),
    "read": Place("luoshi.cli.bench_read", "识读一份文件要多久", "How long reading a document takes"),
}


@click.group("bench", cls=CommandGroup, places=BENCHES, help=said("计时。", "Measure."))
def command() -> None:
    """Nothing by itself."""
