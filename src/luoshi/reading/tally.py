"""Tallies of states (完成24项、正常推进162项、滞后17项): how many tasks stand how, no figure of any of them."""

from __future__ import annotations

from luoshi.reading.rule import declare
from luoshi.reading.words import either, words
from luoshi.terms.pattern import pattern
from luoshi.terms.span import Span

declare(
    "reading.progress.tally",
    "状态统计",
    "例：222项任务中，完成24项、正常推进162项、滞后17项。 非例：15个幸福院已完成8个、正在建设5个。",
)

_STATES = [word for name in ("not_started", "behind", "ahead", "on_pace", "done", "advancing", "started", "preparing")
           for word in words("progress", name)]  # fmt: skip
_WORD = rf"(?:{either(_STATES)}|(?:已|正|已经|正在|正常|基本|全部|提前|超额|有序|尚未|未)*(?:完成|推进|办结|销号|达标|启动|实施|开展))"
_COUNT = pattern(
    rf"(?P<word>{_WORD})(?:的|任务|事项|目标)*(?:共|有|共有|为|达)?[ ]?[0-9]+(?P<unit>项|个|件|条)(?=[（(，,、；;。和]|\Z|[ 　\n])"
)
_ABSTRACT = pattern(
    r"(?:任务|目标|指标|事项|工作|内容|清单|承诺|举措|要点|条目)(?:里面|之中|当中|里|中)?[，,：:]?(?:已|均|目前)?\Z"
)
_BARE = pattern(r"[^\u4e00-\u9fff]*\Z")
_LEAD_IN = pattern(
    r"(?:截至|截止|到|其中|目前|当前|上半年|全年|今年|以来|前?[一二三四]季度|总体上?看|从总体看|已|共|[0-9]{1,4}年?|[0-9]{1,2}月(?:份|底|末)?|[0-9]{1,2}日|[，,：: 　、（(—\-])+"
)


def tally_span(text: str, start: int, end: int) -> Span | None:
    """The place of a tally in a sentence, or None.

    Two counts at least, by different words of state; what is counted is a task, a goal or nothing that is named.
    A thing that is named (15个幸福院已完成8个) has a figure of its own and is no tally.

    >>> tally_span("40项任务，完成24项、滞后16项。", 0, 17) is not None
    True
    """
    found = [*_COUNT.finditer(text, start, end)]
    if len({one["word"] for one in found}) < 2:
        return None
    first = found[0]
    before = text[start : first.start()]
    lead = _LEAD_IN.match(before)
    named = before[lead.end() if lead else 0 :]
    if not (_BARE.fullmatch(named) or _ABSTRACT.search(before)):
        return None
    return Span(first.start(), found[-1].end())
