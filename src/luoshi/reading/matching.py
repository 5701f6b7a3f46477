"""Which adopted commitment a table row or a progress sentence can mean: ranked candidates with reasons, never a choice.

First what excludes (another task's number, a unit that cannot be converted), then the likeness of the words: TF-IDF
over single characters and pairs, numbers and dates removed, aliases written alike.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from luoshi.reading.decomposition import DecompositionRow
from luoshi.reading.progress import ProgressStatement
from luoshi.reading.rule import declare
from luoshi.reading.words import either, mapping
from luoshi.terms.pattern import pattern
from luoshi.terms.unit import unit as unit_of

for _identity, _name, _doc in (
    ("words", "字词相近", "例：举办科技对接活动28场—举办科技对接活动50场。 非例：举办招聘会28场。"),
    ("alias", "同义词", "例：高企—高新技术企业。 非例：企业—高新技术企业。"),
    ("unit", "计量单位", "例：12亿元—100000万元。 非例：28场—30家(排除)。"),
    ("task", "任务序号", "例：第7项—第7项任务。 非例：第7项—第8项任务(排除)。"),
):
    declare(f"reading.matching.{_identity}", _name, _doc)

_ALIASES: dict[str, str] = {
    writing: word for word, writings in mapping("aliases", "same").items() for writing in (word, *writings)
}
_ALIAS = pattern(either(_ALIASES))
_COUNTERS = mapping("aliases", "counters")
_WEIGHT = {name: Decimal(value) for name, value in mapping("aliases", "weights").items()}
_NOISE = pattern(
    r"[0-9０-９]+(?:[.,，．][0-9０-９]+)*(?:万亿|[万亿千百])?(?:个?百分点|[%％‰])?(?:年|月份?[底末初]?|日|季度末?)?"
    r"|(?:截至|截止|目前|上半年|下半年|前?[一二三四]季度|年底前?|月底前?|今年以来|全年|其中|累计|同比|以上|左右|以内)"
)
_WORD = pattern("[\u4e00-\u9fffA-Za-z]+")
_TELLS_LITTLE = pattern(
    "(?:累计|实际|已|共|新增|本年|年度)*(?:完成|到位|实现|投入|下达)?(?:投资|资金|总投资|产值|任务|目标|工程量)(?:额|量)?"
)
_LONGEST_SENTENCE = 160
_THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Adopted:
    """待配对承诺: an adopted commitment or task as plain values.

    ``name`` is its indicator or title, ``words`` its full words if they say more; ``unit`` may be empty; ``kind``
    is the caller's own word (target, project, task …) and is handed back.
    """

    id: str
    name: str
    task: int | None = None
    unit: str = ""
    kind: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class MatchCandidate:
    """配对建议: one commitment that can be meant; ``score`` (0 to 1.15) only ranks, ``reasons`` are for people."""

    adopted: Adopted
    score: Decimal
    reasons: tuple[str, ...]
    rules: tuple[str, ...]


class Matcher:
    """配对索引: the adopted commitments of one plan, ready to be asked; it holds no other state."""

    def __init__(self, adopted: Iterable[Adopted]) -> None:
        self._adopted = tuple(adopted)
        self._plain = [plain_words(f"{one.name} {one.words}")[0] for one in self._adopted]
        counted = [grams(words) for words in self._plain]
        spread = Counter(gram for one in counted for gram in one)
        self._idf = {gram: math.log((1 + len(counted)) / (1 + n)) + 1 for gram, n in spread.items()}
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for index, one in enumerate(counted):
            for gram, weight in self._vector(one).items():
                self._postings[gram].append((index, weight))
        self._tasks = {one.task for one in self._adopted if one.task is not None}

    def candidates(
        self, words: str, unit: str = "", item: int | None = None, number: int | None = None, limit: int = 5
    ) -> tuple[MatchCandidate, ...]:
        """The commitments that the words can mean, the likeliest first.

        Args:
            words: what is spoken of, without or with its numbers.
            unit: the unit of the amount reported; empty excludes nothing, and so does a percentage.
            item: the task number the text itself names; only commitments of that task remain, if there is one.
            number: the row's own number, which may or may not be the task's.
            limit: how many to give.
        """
        plain, replaced = plain_words(words)
        likeness = self._likeness(plain)
        gated = item if item in self._tasks else None
        found = []
        for index, one in enumerate(self._adopted):
            if gated is not None and one.task != gated:
                continue
            fits = unit_fits(unit, one.unit)
            score = Decimal(likeness.get(index, 0.0)).quantize(_THOUSANDTH, ROUND_HALF_UP)
            if fits is False or (score < _WEIGHT["least"] and gated is None):
                continue
            reasons, rules = self._reasons(one, index, plain, replaced)
            if gated is not None:
                reasons.insert(0, f"原文写明第{gated}项，这是该项任务下的承诺。")
                rules.insert(0, "reading.matching.task")
            if fits:
                score += _WEIGHT["unit"]
                reasons.append(
                    f"计量单位相合（{unit}、{one.unit}）。" if unit != one.unit else f"计量单位相同（{unit}）。"
                )
                rules.append("reading.matching.unit")
            if number is not None and number == one.task:
                score += _WEIGHT["number"]
                reasons.append(f"表中序号与任务序号同为{number}。")
                rules.append("reading.matching.task")
            found.append(MatchCandidate(one, score, tuple(reasons), tuple(rules)))
        return tuple(sorted(found, key=lambda one: (-one.score, one.adopted.task or 0, one.adopted.id))[:limit])

    def _likeness(self, plain: str) -> dict[int, float]:
        summed: dict[int, float] = defaultdict(float)
        for gram, weight in self._vector(grams(plain)).items():
            for index, other in self._postings.get(gram, ()):
                summed[index] += weight * other
        return summed

    def _vector(self, counted: Counter[str]) -> dict[str, float]:
        unseen = math.log(1 + len(self._adopted)) + 1
        weights = {gram: n * self._idf.get(gram, unseen) for gram, n in counted.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}

    def _reasons(
        self, one: Adopted, index: int, plain: str, replaced: Sequence[tuple[str, str]]
    ) -> tuple[list[str], list[str]]:
        reasons, rules = [], []
        shared = shared_words(self._plain[index], plain)
        if shared:
            reasons.append(f"共有“{'”“'.join(shared[:4])}”。")
            rules.append("reading.matching.words")
        for written, word in dict(replaced).items():
            if word in self._plain[index] and written not in f"{one.name} {one.words}":
                reasons.append(f"“{written}”与“{word}”同义。")
                rules.append("reading.matching.alias")
        return reasons, rules


def match_statement(
    matcher: Matcher, statement: ProgressStatement, text: str, limit: int = 5
) -> tuple[MatchCandidate, ...]:
    """The commitments that a progress statement can speak of; a person chooses.

    Args:
        matcher: the plan's adopted commitments.
        statement: the statement.
        text: the text it was read from.
        limit: how many to give.
    """
    subject = statement.words(text)
    words = subject
    if statement.amount and statement.amount.span.start > statement.subject.end > statement.span.start:
        words = text[statement.subject.start : statement.amount.span.start]  # 助企行动已走访企业: what was done, too
    if len(subject) < 4 or _TELLS_LITTLE.fullmatch(
        subject
    ):  # 其中某某工程已开工，完成投资450万元: of which, says the sentence
        begin = max(text.rfind(mark, 0, statement.span.start) for mark in "。；;\n|") + 1
        words = text[max(begin, statement.span.end - _LONGEST_SENTENCE) : statement.span.end]
    unit = statement.amount.unit if statement.amount else ""
    return matcher.candidates(words, unit, statement.item, statement.task, limit)


def match_row(matcher: Matcher, row: DecompositionRow, text: str, limit: int = 5) -> tuple[MatchCandidate, ...]:
    """The adopted tasks or commitments that a row of a decomposition table can mean; a person confirms.

    Args:
        matcher: the plan's adopted tasks (one ``Adopted`` a task gives the clearest ranking).
        row: the row.
        text: the text it was read from.
        limit: how many to give.
    """
    words = row.task.quote(text) + (" " + row.goal.quote(text) if row.goal else "")
    return matcher.candidates(words, "", row.item, row.number, limit)


def plain_words(words: str) -> tuple[str, list[tuple[str, str]]]:
    """The words without numbers and dates, aliases written alike; and which aliases were (written, word)."""
    replaced: list[tuple[str, str]] = []

    def alike(found: re.Match[str]) -> str:
        word = _ALIASES[found.group()]
        if word != found.group():
            replaced.append((found.group(), word))
        return word

    return _NOISE.sub(" ", _ALIAS.sub(alike, words)), replaced


def grams(plain: str) -> Counter[str]:
    """Single characters and pairs of neighbours, counted; nothing is paired across a blank or a mark."""
    counted: Counter[str] = Counter()
    for run in _WORD.findall(plain):
        counted.update(run)
        counted.update(run[at : at + 2] for at in range(len(run) - 1))
    return counted


def shared_words(mine: str, theirs: str) -> list[str]:
    """Runs of at least two characters of ``mine`` whose every pair stands in ``theirs``, the longest first."""
    known = {gram for gram in grams(theirs) if len(gram) == 2}
    runs: list[str] = []
    for word in _WORD.findall(mine):
        begin = None
        for at in range(len(word)):
            if word[at : at + 2] in known and at + 1 < len(word):
                begin = at if begin is None else begin
            elif begin is not None:
                runs.append(word[begin : at + 1])
                begin = None
    return sorted(dict.fromkeys(runs), key=lambda run: (-len(run), run))


def unit_fits(reported: str, adopted: str) -> bool | None:
    """Whether amounts in the two units can be compared; None when one is unknown, general (个, 项) or a percentage."""
    if not reported or not adopted:
        return None
    if reported == adopted:
        return True
    mine, theirs = unit_of(reported), unit_of(adopted)
    if "ratio" in {mine.dimension, theirs.dimension}:
        return None if mine.dimension != theirs.dimension else True
    if mine.dimension == theirs.dimension:
        return True
    kinds = {_COUNTERS.get(one.dimension.removeprefix("count:"), one.dimension) for one in (mine, theirs)}
    counted = all(one.dimension.startswith(("count:", "people", "trips")) for one in (mine, theirs))
    return None if counted and (len(kinds) == 1 or "general" in kinds) else False
