"""重复的佐证: files that were there before, the same or the same picture; hints for whoever signs and verifies."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from luoshi.store.models import Evidence
from luoshi.terms.period import chinese_date

_SHANGHAI = ZoneInfo("Asia/Shanghai")
NEAR = 12
"""Bits of 256 by which two looks may differ and still be one picture, sent on by another program or made smaller."""


def repeated_files(body: str, rows: Iterable[tuple[Collection[str], Collection[str]]]) -> list[list[str]]:
    """For each row of a sheet, what is to be said of its files; two queries for all.

    Compared are the files this body has sent, and photos of any body that are the same to the byte. A file is held
    against those sent before it, and none against another of its own row.

    Args:
        rows: the files of each row, and those its report held so far, which a new one may take the place of.
    """
    both = [(set(files), {*files, *held}) for files, held in rows]
    named: set[str] = set().union(*(files for files, _ in both))
    if not named:
        return [[] for _ in both]
    known = {file.id: file for file in Evidence.objects.filter(body=body).order_by("uploaded_at", "id")}
    photos = [known[name].sha256 for name in named if name in known and known[name].media_type.startswith("image/")]
    others = list(Evidence.objects.filter(sha256__in=photos).exclude(body=body).order_by("uploaded_at", "id"))
    everything = [*known.values(), *others]
    return [
        [said for name in sorted(files) if name in known and (said := _said(known[name], everything, own))]
        for files, own in both
    ]


def _said(file: Evidence, others: Iterable[Evidence], own: Collection[str]) -> str:
    earlier = [other for other in others if other.id not in own and _order(other) < _order(file)]
    for other in earlier:
        if other.sha256 == file.sha256:
            which = f"{_day(other)}上传的“{other.name}”"
            if other.body != file.body:  # how another body calls its files is its own business
                which = f"其他单位{_day(other)}上传的照片"
            return f"佐证“{file.name}”与{which}是同一个文件"
    for other in earlier:
        if other.body == file.body and is_near(file.look, other.look):
            return f"照片“{file.name}”与{_day(other)}上传的“{other.name}”像是同一张"
    return ""


def _order(file: Evidence) -> tuple[datetime, str]:
    return file.uploaded_at, file.id


def is_near(one: str, other: str) -> bool:
    """Whether two looks are those of one picture; what has no look is like nothing."""
    return bool(one and other) and (int(one, 16) ^ int(other, 16)).bit_count() <= NEAR


def _day(file: Evidence) -> str:
    return chinese_date(file.uploaded_at.astimezone(_SHANGHAI).date())
