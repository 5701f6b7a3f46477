"""The proposals of a document as the review page shows them: marked text, one card, what lies around it."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from typing import Any

from luoshi.acts.keep_document import coverage_in
from luoshi.acts.proposal import QUALITATIVE, Proposal
from luoshi.acts.reshape_proposals import title
from luoshi.acts.review import ACCEPTED, ADD, CORRECT, MERGE, REJECTED, SPLIT, Review
from luoshi.acts.target_wording import COMPARATORS
from luoshi.reading.origin import origins
from luoshi.reading.rule import RULES
from luoshi.store.models import DocumentRow
from luoshi.store.queries.desk import Desk
from luoshi.terms.number import fixed
from luoshi.web import proposal_forms
from luoshi.web.marked_text import parts, passages
from luoshi.web.review_order import DOUBTS, GRAVE, KINDS, ORDERS, STATES, ReviewOrder, kind_of, queue

Plain = dict[str, Any]
_STATES = {ACCEPTED: "已采纳", REJECTED: "已剔除", "": "待看"}
_ORIGIN = {CORRECT: "已修改", SPLIT: "拆出的", MERGE: "合并的", ADD: "补充的"}
_AROUND = 10
"""How many proposals of the queue stand before and after the one shown."""
_NEAR = 8
"""How many neighbours are offered for merging."""
_HERE = 40
"""How many vague clauses of one task are shown beside its card."""
_CONTEXT = 160
"""Characters of a long sentence shown around its quote."""


def page(desk: Desk, row: DocumentRow, review: Review, order: ReviewOrder, asked: Plain) -> Plain:
    """What the review page shows.

    Args:
        asked: ``at`` the proposal to be shown (else the first open one), ``why`` the field asked about.
    """
    wanted = queue(review, order)
    current = review.find(str(asked.get("at", ""))) or _first(review, wanted, order)
    fired = _derivation(row.text, current, str(asked.get("why", ""))) if current else []
    counts = Counter(review.decisions.get(p.id, "") for p in review.proposals)
    plain = plain_ids(review, order)
    return {
        "passages": passages(
            row.text, _marks(row.text, review, current), [(one["start"], one["end"]) for one in fired]
        ),
        "progress": {"done": len(review.proposals) - counts[""], "total": len(review.proposals)},
        "counts": {"accepted": counts[ACCEPTED], "rejected": counts[REJECTED], "open": counts[""], "plain": len(plain)},
        "card": _card(desk, row.text, review, current) if current else None,
        "derivation": fired,
        "rows": _around(review, wanted, current),
        "beside": {"previous": _beside(wanted, current, -1), "next": _beside(wanted, current, 1)},
        "found": len(wanted),
        "place": wanted.index(current) + 1 if current in wanted else 0,
        "vague": _vague(review, current),
        "belongs": _belongs(row),
        "choices": _choices(review, order),
        "seen": review.records[-1].number if review.records else 0,
        **_adoption(desk, row, counts),
    }


def _first(review: Review, wanted: list[Proposal], order: ReviewOrder) -> Proposal | None:
    """The first one nobody decided; whoever asks for decided ones sees the first of these."""
    found = next((p for p in wanted if not review.decisions.get(p.id)), None)
    return wanted[0] if found is None and wanted and order.state not in {"", "open"} else found


def _vague(review: Review, current: Proposal | None) -> Plain:
    """The clauses adopted with their tasks: how many, and those of the task shown."""
    home = (current.task or current.id) if current else ""
    here = [one for one in review.vague if one.task == home] if current else []
    left_out = sum(review.decisions.get(one.id) == REJECTED for one in review.vague)
    return {
        "total": len(review.vague),
        "left_out": left_out,
        "homeless": sum(not one.task for one in review.vague),
        "here": [{**_line(review, one), "quote": one.quote} for one in here[:_HERE]],
        "more": max(0, len(here) - _HERE),
    }


def _belongs(row: DocumentRow) -> str:
    """Which part of the text belongs to something, as a sentence; empty when that was not kept."""
    covered = coverage_in(row.reading)
    if covered is None or not covered.total:
        return ""
    told = "，".join(f"{name}{_percent(count, covered.total)}" for name, count in covered.counts if count)
    return f"全文{covered.total}字，{_percent(covered.held, covered.total)}有归属：{told}。"


def _percent(count: int, total: int) -> str:
    return f"{fixed(Fraction(count * 100, total), 1)}%"


def _adoption(desk: Desk, row: DocumentRow, counts: Counter[str]) -> Plain:
    edition = int(str(desk.plan["edition"] or 0)) + 1 if desk.plan else 1
    left = counts[""]
    note = f"已采纳{counts[ACCEPTED]}条" + (f"；还有{left}条没有看，没看过的不会采纳。" if left else "，全部看过。")
    if desk.plan and desk.plan["document"] == row.sha256:
        note = f"这份文件已采纳为第{edition - 1}版；这里再改动，要重新采纳为第{edition}版才进入清单。{note}"
    return {"edition": edition, "can_adopt": bool(counts[ACCEPTED]) and desk.is_supervisor, "adoption": note}


def plain_ids(review: Review, order: ReviewOrder) -> list[str]:
    """The undecided proposals of the queue that give no reason for doubt."""
    if order.kind == QUALITATIVE:
        return []
    return [p.id for p in queue(review, order) if not p.doubt and not review.decisions.get(p.id)]


def _beside(wanted: list[Proposal], current: Proposal | None, step: int) -> str:
    if current is None or current not in wanted:
        return wanted[0].id if wanted and step > 0 else ""
    place = wanted.index(current) + step
    return wanted[place].id if 0 <= place < len(wanted) else ""


def _marks(text: str, review: Review, current: Proposal | None) -> list[Plain]:
    """The mark of the proposal shown comes first, so that no other one covers it."""
    found = [p for p in review.proposals if kind_of(p) != "task"]
    if current:
        found = [current, *(p for p in found if p.id != current.id)]
    return [
        {
            "start": p.start,
            "end": _end_of_line(text, p) if kind_of(p) == "task" else p.end,
            "proposal": p.id,
            "colour": _colour(p, review.decisions.get(p.id, "")),
            "here": p is current,
        }
        for p in found
    ]


def _end_of_line(text: str, proposal: Proposal) -> int:
    found = text.find("\n", proposal.start, proposal.end)
    return found if found > proposal.start else proposal.end


def _colour(proposal: Proposal, decision: str) -> str:
    if decision:
        return "green" if decision == ACCEPTED else "red"
    return "yellow" if proposal.doubt else "grey"


def _line(review: Review, proposal: Proposal) -> Plain:
    decision = review.decisions.get(proposal.id, "")
    return {
        "id": proposal.id,
        "kind": KINDS[kind_of(proposal)],
        "name": title(proposal) or "（没有名称）",
        "value": quantity(proposal),
        "state": _STATES[decision] if kind_of(proposal) != QUALITATIVE else _vague_state(proposal, decision),
        "decision": decision,
        "origin": _ORIGIN.get(review.origin.get(proposal.id, ""), ""),
        "colour": _colour(proposal, decision),
        "is_vague": kind_of(proposal) == QUALITATIVE,
        "doubt": "重疑" if proposal.doubtfulness >= GRAVE else "存疑" if proposal.doubt else "",
    }


def _vague_state(proposal: Proposal, decision: str) -> str:
    if decision == REJECTED:
        return "不列入"
    return "随任务采纳" if proposal.task else "不在任务之下"


def quantity(proposal: Proposal) -> str:
    """What a target promises, short: ≥15亿元."""
    if proposal.list != "target":
        return ""
    fields = proposal.fields
    sign = {">=": "≥", "<=": "≤", "~": "约"}.get(str(fields.get("comparator")), "")
    upper = f"—{fields['value_max']}" if fields.get("value_max") else ""
    return f"{sign}{fields.get('value') or ''}{upper}{fields.get('unit') or ''}"


def _around(review: Review, wanted: list[Proposal], current: Proposal | None) -> list[Plain]:
    place = wanted.index(current) if current in wanted else 0
    first = max(0, min(place - _AROUND, len(wanted) - 2 * _AROUND - 1))
    shown = wanted[first : first + 2 * _AROUND + 1]
    return [{**_line(review, p), "n": first + n, "here": p is current} for n, p in enumerate(shown, 1)]


def everything(review: Review, order: ReviewOrder) -> list[Plain]:
    """All proposals of the queue as lines, for paper."""
    return [
        {
            **_line(review, p),
            "n": n,
            "reasons": p.doubt,
            "quote": p.quote if len(p.quote) <= 60 else f"{p.quote[:60]}……",
        }
        for n, p in enumerate(queue(review, order), 1)
    ]


def vague_lines(review: Review) -> list[Plain]:
    """All vague clauses as lines, for paper."""
    return [
        {**_line(review, one), "n": n, "quote": one.quote, "task": one.fields.get("task_number") or ""}
        for n, one in enumerate(review.vague, 1)
    ]


def _card(desk: Desk, text: str, review: Review, current: Proposal) -> Plain:
    last = review.touched.get(current.id)
    number = current.fields.get("task_number")
    task = review.find(current.task)
    is_vague = kind_of(current) == QUALITATIVE
    among = review.vague if is_vague else review.proposals
    return {
        **_line(review, current),
        "n": among.index(current) + 1,
        "of": len(among),
        "reasons": [f"{reason}。" for reason in current.doubt.split("。") if reason],
        "sentence": _sentence(text, current),
        "place": f"{f'第{number}项' if number else '项外'}　{task.fields.get('name') if task else ''}",
        "span": f"全文第{current.start}至{current.end}字",
        "by": f"{last.name or last.by}　{last.at[5:16].replace('T', ' ')}" if last and last.at else "",
        "fields": proposal_forms.card_fields(desk, current),
        "parts": proposal_forms.split_parts(current) if kind_of(current) not in {"task", QUALITATIVE} else [],
        "neighbours": _neighbours(review, current) if kind_of(current) not in {"task", QUALITATIVE} else [],
        "merged_name": title(current),
    }


def _sentence(text: str, current: Proposal) -> list[Plain]:
    """The sentence of the proposal in parts, its quote marked; a long one shortened around it."""
    start, end = current.sentence_start, max(current.sentence_end, current.end)
    if kind_of(current) == "task" or not start <= current.start:
        start, end = current.start, current.end
    first, last = max(start, current.start - _CONTEXT), min(end, max(current.end, current.start + _CONTEXT))
    found = parts(text, (first, last), [(current.start, current.end)] if kind_of(current) != "task" else [])
    lead = [{"text": "……", "fired": False}] if first > start else []
    return [*lead, *found, *([{"text": "……", "fired": False}] if last < end else [])]


def _neighbours(review: Review, current: Proposal) -> list[Plain]:
    others = [p for p in review.proposals if p.list == current.list and kind_of(p) != "task" and p.id != current.id]
    nearest = sorted(others, key=lambda p: (abs(p.start - current.start), p.start))[:_NEAR]
    return [
        {"id": p.id, "label": f"{title(p)}{'　' + quantity(p) if quantity(p) else ''}　“{p.quote[:24]}”"}
        for p in nearest
    ]


def _derivation(text: str, current: Proposal, why: str) -> list[Plain]:
    """The rules that fired, for one field or for all; each with the characters it fired on."""
    if not why:
        return []
    if why == "all":
        found = [(RULES[rule].name if rule in RULES else rule, rule, start, end) for rule, start, end in current.steps]
    else:
        place, sentence = (current.start, current.end), (current.sentence_start, current.sentence_end)
        content = str(current.fields.get(why) or "")
        found = [
            (one.name, one.rule, one.start, one.end)
            for one in origins(text, place, sentence, current.steps, why, content)
        ]
    return [
        {"name": name, "rule": rule, "start": start, "end": end, "words": text[start:end], "example": _example(rule)}
        for name, rule, start, end in found
    ]


def _example(rule: str) -> str:
    """What a rule says of itself: its example and its near miss."""
    found = re.search("例：.*", RULES[rule].doc, re.DOTALL) if rule in RULES else None
    return " ".join(found[0].split()) if found else ""


def no_rule(field: str) -> str:
    """What to say of a field on which no rule fired."""
    return _UNMARKED.get(field, "没有规则给出这一栏，用的是通常的读法。")


_UNMARKED = {
    "comparator": f"数的前后没有“以上”“以内”“左右”一类的词，按“{COMPARATORS['=']}”读。",
    "basis": "数的前后没有增长、下降一类的词，按单位和指标名称判断。",
    "baseline": "没有写明与什么相比。",
    "modality": "句中没有力争、争取、争创一类的词，按硬目标读。",
    "kind": "按比较词、口径和指标名称判断。",
    "accumulation": "按目标类型和单位判断。",
    "value_max": "不是区间，没有上限。",
    "stage": "没有表明阶段的动词。",
}


def _choices(review: Review, order: ReviewOrder) -> list[Plain]:
    tasks = {
        p.id: f"{p.fields.get('task_number') or ''} {title(p)}".strip()
        for p in review.proposals
        if kind_of(p) == "task"
    }
    groups = (
        ("order", "次序", ORDERS, order.order),
        ("doubt", "疑点", DOUBTS, order.doubt),
        ("kind", "类别", KINDS, order.kind),
        ("state", "状态", STATES, order.state),
        ("task", "任务", {"": "全部任务", **{name: label[:24] for name, label in tasks.items()}}, order.task),
    )
    return [
        {"name": name, "label": label, "options": list(options.items()), "value": value}
        for name, label, options, value in groups
    ]
