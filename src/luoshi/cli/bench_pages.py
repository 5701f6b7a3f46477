"""``luoshi bench pages``: every page of every role, in the process, on the data of this home."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click

from luoshi.cli.bench_read import milliseconds
from luoshi.cli.group import DONE, FAILED, ChineseCommand
from luoshi.cli.language import said

LIMIT = 100
"""Milliseconds at the median that no page may take."""
_NOT_PAGES = {"sign-out", "sign-in", "decide", "adopt", "report-draft", "display", "move", "open"}
_FILE_TIMES = 3
"""How often a file (Word, Excel) is made: it is no page, and takes longer."""


@dataclass(frozen=True, slots=True)
class PageTime:
    """页面计时: milliseconds at the median and the 95th percentile, size and queries of one page for one role."""

    role: str
    address: str
    median: float
    late: float
    size: int
    queries: int
    is_file: bool


@click.command(
    "pages",
    cls=ChineseCommand,
    help=said(
        "每个角色的每个页面：中位数和95%的毫秒数、字节、查询数。有页面超过100毫秒时退出码为1。",
        "Every page of every role. Exits 1 when a page takes more than 100 ms at the median.",
    ),
)
@click.option("--times", default=15, type=click.IntRange(3, 999), metavar="N", help=said("每页几次。", "How often."))
def command(times: int) -> int:
    """Measure all pages."""
    from luoshi.cli.started import start

    start()
    measured = list(_measured(times))
    click.echo(f"{'角色':　<6}{'毫秒':>6}{'95%':>6}{'KB':>6}{'查询':>4}  页面")
    for one in sorted(measured, key=lambda page: -page.median):
        role = one.role + "　" * (6 - len(one.role))
        click.echo(
            f"{role}{one.median:8.1f}{one.late:8.1f}{one.size / 1024:8.1f}{one.queries:6d}  {one.address[:60]}{'（文件）' if one.is_file else ''}"
        )
    slow = [one for one in measured if one.median > LIMIT and not one.is_file]
    click.echo(
        said(
            f"{sum(not one.is_file for one in measured)}个页面，{len(slow)}个超过{LIMIT}毫秒；文件不计在内。",
            f"{sum(not one.is_file for one in measured)} pages, {len(slow)} slow; files do not count.",
        )
    )
    return FAILED if slow else DONE


def _measured(times: int) -> Iterator[PageTime]:
    import logging
    import warnings

    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    logging.getLogger("django.request").setLevel(logging.CRITICAL)  # pages a role may not see are passed over
    warnings.filterwarnings("ignore", "No directory at")
    for role, account, body in _people():
        client = Client()
        client.force_login(account)
        for address in _addresses(body):
            page = _page(client, role, address, times)
            if page:
                yield page


def _page(client: Any, role: str, address: str, times: int) -> PageTime | None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    queries = len(captured)
    if response.status_code != 200:
        return None
    is_file = not response["Content-Type"].startswith("text/html")
    taken = sorted(milliseconds(lambda: client.get(address), _FILE_TIMES if is_file else times))
    late = taken[min(len(taken) - 1, int(len(taken) * 0.95))]
    size = len(response.content)
    return PageTime(role, address, statistics.median(taken), late, size, queries, is_file)


def _people() -> Iterator[tuple[str, Any, str]]:
    """One account of each role that someone holds, with the body it stands for."""
    from luoshi.acts.clock import today
    from luoshi.people.role import Role
    from luoshi.store.models import Account
    from luoshi.store.rosters import home_county, roster

    accounts = {account.username: account for account in Account.objects.all()}
    for role in Role:
        posts = [
            p for p in roster(home_county()).posts if p.role is role and p.holder in accounts and p.stands_on(today())
        ]
        if posts:
            busiest = max(posts, key=lambda post: _duties(post.body))
            yield role.label, accounts[busiest.holder], busiest.body


def _duties(body: str) -> int:
    from luoshi.store.models import IndexCell

    return IndexCell.objects.filter(field="lead_body", text=body).count()


def _addresses(body: str) -> Iterator[str]:
    """Every address of the site that shows a page, with samples in the place of its arguments."""
    from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

    samples = _samples(body)
    patterns = [one for part in get_resolver().url_patterns for one in getattr(part, "url_patterns", [part])]
    for pattern in patterns:
        if not isinstance(pattern, URLPattern) or pattern.name in _NOT_PAGES:
            continue
        names = list(pattern.pattern.converters)
        choices = samples.get(str(pattern.name), samples[""])
        try:
            yield reverse(str(pattern.name), kwargs={name: choices[name] for name in names})
        except (KeyError, NoReverseMatch):
            continue


def _samples(body: str) -> dict[str, dict[str, str]]:
    """Arguments by the name of an address; those under "" serve all others."""
    from luoshi.store.models import DocumentRow, EntryRow, Rating, Snapshot
    from luoshi.store.queries.desk import plans_of
    from luoshi.store.rosters import home_county

    _, key = plans_of(home_county())
    newest = Rating.objects.filter(plan=key).order_by("-period").values_list("entry_id", "period").first()
    identity, period = newest or ("", "")
    targets = EntryRow.objects.filter(plan=key, list="target").order_by("id").values_list("id", flat=True)
    identity = targets.filter(ratings__isnull=False).first() or identity
    document = DocumentRow.objects.values_list("sha256", flat=True).first() or ""
    closed = Snapshot.objects.order_by("-period").values_list("period", flat=True).first() or period
    common = {"identity": identity, "period": period, "name": "target", "body": body, "document": document, "key": "1"}
    return {
        "": {name: value for name, value in common.items() if value},
        "slip": {"identity": _first(key, "supervision")} if _first(key, "supervision") else {},
        "bulletin": {"period": closed} if closed else {},
        "export": {"name": "target", "kind": "xlsx"},
        "evidence": {},
    }


def _first(plan: str, name: str) -> str:
    from luoshi.store.models import EntryRow

    return EntryRow.objects.filter(plan=plan, list=name).values_list("id", flat=True).first() or ""
