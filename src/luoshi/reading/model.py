"""What a reading proposes: number mentions, commitments without a number, and how each came about."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from luoshi.document.model import Document
from luoshi.terms.finding import Finding

Step = tuple[str, int, int]
"""One rule that fired: its id and the code points it fired on."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """存疑: one reason why a person should look twice at a proposal.

    ``code`` is stable (``restored_far``), ``weight`` is 1 (a glance), 2 (check it) or 3 (probably wrong),
    ``message`` a Chinese sentence.
    """

    code: str
    weight: int
    message: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """What a proposal says of its own doubts, the gravest first."""

    doubts: tuple[Doubt, ...] = field(default=(), kw_only=True)

    @property
    def doubt(self) -> str:
        """All reasons of doubt as Chinese sentences; empty when there is none."""
        return "".join(one.message for one in self.doubts)

    @property
    def doubtfulness(self) -> int:
        """The sum of the weights: what is to be looked at first has the greatest."""
        return sum(one.weight for one in self.doubts)


@dataclass(frozen=True, slots=True)
class Mention(Doubtful):
    """数字提及: one number of the text with what it is; a quantity serving two indicators gives two mentions.

    ``role`` is ``target``, ``condition``, ``name`` or ``result``; the fields after it are empty unless it is
    ``target``. ``unit`` carries its scale as written (亿元). ``comparator`` is ``>=``, ``<=``, ``=`` or ``~``;
    ``basis`` is ``absolute``, ``growth``, ``reduction`` or ``share``; ``modality`` is ``firm`` or ``aspire``.
    ``sentence`` is the place of the whole sentence.
    """

    start: int
    end: int
    quote: str
    role: str
    task: int | None = None
    area: int | None = None
    sentence: tuple[int, int] = (0, 0)
    indicator: str = ""
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str = ""
    comparator: str = "="
    basis: str = "absolute"
    baseline: str | None = None
    modality: str = "firm"
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Commitment(Doubtful):
    """无数字承诺: a project, honour, event or measure that the text promises without a number.

    ``kind`` is ``project``, ``honour``, ``event`` or ``measure``; ``sub`` is ``plan``, ``reform``, ``service``
    or empty; ``stage`` of a project is ``plan``, ``start``, ``advance``, ``complete``, ``operate`` or
    ``upgrade``, else None.
    """

    start: int
    end: int
    quote: str
    kind: str
    object: str
    sub: str = ""
    stage: str | None = None
    task: int | None = None
    area: int | None = None
    sentence: tuple[int, int] = (0, 0)
    modality: str = "firm"
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """其余文字: words that hold no target and no commitment; nothing of the text is lost.

    ``role`` is ``measure`` for what a task asks for without saying when it is done (a qualitative measure of its
    task), ``past`` for what is told as done, ``heading`` for a heading.
    """

    start: int
    end: int
    role: str
    task: int | None = None
    area: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """识读结果: everything proposed for one document, in text order; nothing here is adopted yet."""

    document: Document
    mentions: tuple[Mention, ...]
    commitments: tuple[Commitment, ...]
    findings: tuple[Finding, ...]
    passages: tuple[Passage, ...] = ()

    @property
    def targets(self) -> tuple[Mention, ...]:
        """The quantified targets among the mentions."""
        return tuple(one for one in self.mentions if one.role == "target")
