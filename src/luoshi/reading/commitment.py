"""Clauses to commitments without a number (domain.md §0.4: 启动, 建成, 推进 …)."""

from __future__ import annotations

import re

from luoshi.reading.clause import Sentence
from luoshi.reading.kind import event, honour, is_vague, measure, project, stage
from luoshi.reading.model import Commitment
from luoshi.reading.promise import Promise, parse
from luoshi.reading.things import things

_LISTED = re.compile("、[^“”]*等|等[^“”]{0,12}(?:项目|工程)$")
_WORKS = re.compile("等[^等“”、]{0,10}(?:项目|工程|道路)$")
_LISTED_WORKS = {"迭代", "迭代升级", "贯通", "打通", "建成", "新建"}
_DESCRIBED = re.compile(
    "^(?:计划|概算|预计)?(?:总投资|投资|总长度?|全长|总里程|长|占地|占地面积|总?建筑面积|总?面积|总?规模|总?装机(?:容量|规模)?)"
    "(?:约|近|达|超|超过)?[0-9.]+[万亿千百]*(?:[^\\W\\da-zA-Z_]|%){1,4}?的"
)
_NO_NAME = re.compile(
    "(?:力促|确保|力争|争取|推动|全部|全面|重点|重大|在建|签约|前期|拟建|续建|新建|一批|更多|各类|政府|省市|工业|产业|民生)*"
    "(?:项目|工程)?(?:早日|尽快|尽早|加快|全面)?(?:落地|开工|见效|落实)?"
)
_BEGIN = {"启动", "开工", "开工建设"}
_SHORTEST, _LONGEST = 2, 40


def read_commitments(
    text: str, sentence: Sentence, origin: Commitment, skip: list[int], *, heading: bool
) -> list[Commitment]:
    """The commitments of one sentence, in text order.

    Args:
        text: the document.
        sentence: the sentence.
        origin: a commitment to copy task, area and sentence from.
        skip: where the numbers of targets start; their clauses are targets, not commitments.
        heading: whether the sentence is the heading of a task or paragraph; only honours and reforms count there.
    """
    found: list[Commitment] = []
    for start, end in sentence.clauses:
        goal = next((at for at in skip if start <= at < end), None)
        stop = end
        if goal is not None:
            stop = goal - 1 if text[goal - 1] == "等" else start
        if stop - start < 4:
            continue
        promise = parse(text, start, stop)
        if promise is None:
            continue
        kind, sub, identity = _decide(promise)
        if not kind or (heading and not _is_concrete(kind, promise)):
            continue
        place = (promise.start, stop, text[promise.start : stop], kind)
        found.extend(
            Commitment(
                *place, name, sub, stage(promise) if kind == "project" else None, origin.task, origin.area,
                origin.sentence, "aspire" if promise.aspire else "firm", ((identity, promise.start, stop),),
            )
            for name in _names(promise)
        )  # fmt: skip
    return found


def _is_concrete(kind: str, promise: Promise) -> bool:
    """Whether a heading promises something of its own: 深化国资国企改革, never 深化县域创新体系建设."""
    if kind == "measure" and "“" in promise.object:
        return promise.verb in {"实施", "推进", "开展", "迭代完善"}
    return kind == "honour" or (kind == "measure" and promise.object.endswith(("改革", "机制")))


def _decide(promise: Promise) -> tuple[str, str, str]:
    """Kind, finer kind and the rule that decided."""
    if honour(promise):
        return "honour", "", "reading.commitment.honour"
    if event(promise):
        return "event", "", "reading.commitment.event"
    listed = bool(_LISTED.search(promise.object))
    if promise.stage and project(promise, listed=listed):
        return "project", "", "reading.commitment.project"
    if _WORKS.search(promise.object):
        return "project", "", "reading.commitment.project"
    if is_vague(promise) and not (promise.verb in _BEGIN and promise.tail == "建设"):
        return "", "", ""
    sub = measure(promise)
    if sub:
        return "measure", sub, "reading.commitment.measure"
    if project(promise, listed=listed and promise.verb in _LISTED_WORKS):
        return "project", "", "reading.commitment.project"
    return "", "", ""


def _names(promise: Promise) -> list[str]:
    names = things(_DESCRIBED.sub("", promise.object))
    return [one for one in names if _SHORTEST <= len(one) <= _LONGEST and not _NO_NAME.fullmatch(one)]
