"""核验: whether the ledger still is what was recorded: chains, heads, guards, snapshots, documents, evidence, lights."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from django.conf import settings

from luoshi.ledger.fact import Fact, broken
from luoshi.store import facts
from luoshi.store.ballots import check_ballots
from luoshi.store.guards import missing_guards
from luoshi.store.models import DocumentRow, Evidence, FactRow, LeagueRow, Rating, Snapshot, StreamHeadRow
from luoshi.store.personal import check_personal
from luoshi.store.rules import altered_rules
from luoshi.terms.finding import Finding, Level

Progress = Callable[[int], object]


def verify(progress: Progress = lambda _: None) -> Iterator[Finding]:
    """Everything that does not hold, the ledger first; an empty result means that all does.

    Args:
        progress: told how many facts were read, batch by batch.
    """
    yield from _guards()
    yield from _streams(progress)
    yield from _kept_bytes()
    yield from _closed_lights()
    yield from check_personal()
    yield from check_ballots()


def count_facts() -> int:
    """How many facts there are, for a progress bar."""
    return FactRow.objects.count()


def _guards() -> Iterator[Finding]:
    for name in missing_guards():
        yield _error("store.E301", name, "防改写触发器不在。", "请查明是谁在什么时候去掉的；重启服务不会自动补上。")


def _streams(progress: Progress) -> Iterator[Finding]:
    heads = {head.stream: head for head in facts.heads()}
    for stream, group in groupby(facts.all_facts(), key=lambda fact: fact.stream):
        told = list(group)
        progress(len(told))
        fault = broken(told)
        if fault:
            fact, why = fault
            yield _error("store.E302", f"{fact.stream}@{fact.version}", why, _told(fact))
            heads.pop(stream, None)
            continue
        head, last = heads.pop(stream, None), told[-1]
        if head is None:
            yield _error("store.E303", stream, "有事实，没有流首。")
        elif (head.version, head.hash) != (last.version, last.hash):
            what = "末尾的事实不见了" if head.version > last.version else "流首没有跟上"
            yield _error("store.E304", f"{stream}@{last.version}", f"{what}：流首为第{head.version}版。", _told(last))
    for head in heads.values():
        if head.version:
            yield _error("store.E305", head.stream, f"流首说有{head.version}条事实，一条也没有找到。")


def _kept_bytes() -> Iterator[Finding]:
    for digest, body in Snapshot.objects.values_list("sha256", "body").iterator(chunk_size=4):
        if hashlib.sha256(body.encode()).hexdigest() != digest:
            yield _error("store.E306", f"snapshot {digest[:12]}", "结账快照的内容与校验值不符。")
    for row in altered_rules():
        yield _error("store.E331", f"{row.kind}/{row.name} {row.version}", "评定所用规则的内容与校验值不符。")
    for digest, name, content in DocumentRow.objects.values_list("sha256", "name", "content").iterator(chunk_size=4):
        if hashlib.sha256(bytes(content)).hexdigest() != digest:
            yield _error("store.E307", name, "文件原文与校验值不符。")
    for digest, name in Evidence.objects.values_list("sha256", "name").distinct().iterator():
        path = Path(settings.LUOSHI_HOME) / "evidence" / digest[:2] / digest
        if not path.is_file():
            yield _error("store.E308", name, f"佐证材料不在：evidence/{digest[:2]}/{digest[:12]}…")
        elif _digest(path) != digest:
            yield _error("store.E309", name, "佐证材料的内容与校验值不符。")


def _closed_lights() -> Iterator[Finding]:
    """Lights and tables of closed months that pages show otherwise than they were closed (docs/adr/0006)."""
    for snapshot in Snapshot.objects.order_by("plan", "period").iterator(chunk_size=4):
        if hashlib.sha256(snapshot.body.encode()).hexdigest() != snapshot.sha256:
            continue  # said already
        kept = json.loads(snapshot.body)
        month = {"plan": snapshot.plan, "period": snapshot.period}
        lights = {row["entry_id"]: row["light"] for row in kept["ratings"]}
        tables = {row["league"]: row["table"] for row in kept["leagues"]}
        now = dict(Rating.objects.filter(**month).values_list("entry_id", "light"))
        ranked = dict(LeagueRow.objects.filter(**month).values_list("league", "table"))
        for name in sorted(lights.keys() | now.keys()):
            if lights.get(name) != now.get(name):
                yield _error("store.E316", f"{name} {snapshot.period}", "已结账月份的灯色与结账快照不符。")
        for name in sorted(tables.keys() | ranked.keys()):
            if tables.get(name) != ranked.get(name):
                yield _error("store.E317", f"{name} {snapshot.period}", "已结账月份的晾晒表与结账快照不符。")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _told(fact: Fact) -> str:
    return f"事实“{fact.kind}”，{fact.actor}，{fact.occurred_on.isoformat()}。"


def _error(identity: str, where: str, message: str, hint: str = "") -> Finding:
    return Finding(identity, Level.ERROR, where, message, hint)


def totals() -> tuple[int, int]:
    """How many streams and facts the ledger holds."""
    return StreamHeadRow.objects.filter(version__gt=0).count(), count_facts()
