"""What a list is made of, after its YAML was checked (design.md §5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from luoshi.lists.formula.reckoning import Reckoning
from luoshi.people.actor import Grant
from luoshi.terms.source import Source

FIELD_TYPES = (
    "text", "texts", "long_text", "integer", "decimal", "boolean", "date", "period", "choice", "body", "bodies",
    "person", "reference", "references", "evidence", "rows",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Adding:
    """可加: when the figures of a column may be added up to one figure at its foot.

    ``unit`` names the field that holds their unit, where the column has none of its own; ``alike`` fields must say the
    same in every row (amounts of different things in the same unit are no amount of anything), unless the rows are
    parts of one whole, which the field ``parts_of`` names: parts add, a whole never with its parts. ``only`` lists, by
    field or ``state``, the values that may be added (rates, levels and ranks never).
    """

    unit: str = ""
    parts_of: str = ""
    alike: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mask:
    """脱敏: how many characters of a personal text are told at its start and end, or up to which words (到村)."""

    first: int = 0
    last: int = 0
    until: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """栏目: one thing an entry says. ``fixed`` fields are set once, when the entry is opened.

    ``of`` lists the choices (value → label), ``list`` the list a reference points to, ``columns`` the
    columns of a field of rows. ``minimum``/``maximum`` are inclusive decimal writings, ``unit`` is what
    a number is written in, ``adds`` when its figures may be added. The words of a ``personal`` field can be
    erased; those who may read the entry and are not among ``shown_to`` are told what ``mask`` leaves of them.
    ``kinds`` are the kinds of bodies a field of bodies takes, as the roster names them; empty for all.
    """

    name: str
    type: str
    label: str
    fixed: bool = False
    required: bool = False
    indexed: bool = False
    of: Mapping[str, str] = field(default_factory=dict)
    list: str = ""
    columns: Mapping[str, Field] = field(default_factory=dict)
    minimum: str | None = None
    maximum: str | None = None
    help: str = ""
    unit: str = ""
    adds: Adding | None = None
    personal: bool = False
    mask: Mask | None = None
    shown_to: tuple[Grant, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """状态: a stage of an entry's life; in a closed state nothing more is due.

    ``next`` is the move the entry waits for here: whoever may make it finds it among what is to be done.
    """

    name: str
    label: str
    closed: bool = False
    next: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """动作: a guarded step from one state to another, recorded as the fact ``fact``.

    ``from_states`` empty means the move opens an entry; "*" any state that is not closed (a closed
    entry is touched only by a move that names its state). ``to`` empty keeps the state. ``sets`` are the fields
    it may set; a move that opens and names none may set all. ``needs`` are those that must then be filled;
    ``unless`` names guards; ``erases`` the personal fields whose words are gone for good after it. ``after`` names fields whose new day must be
    later than the day of the act (``today``), or than the day another field, or the field itself, holds so far.
    """

    name: str
    label: str
    fact: str
    from_states: tuple[str, ...]
    to: str
    by: tuple[Grant, ...] = ()
    sets: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    reason: bool = False
    opens: bool = False
    erases: tuple[str, ...] = ()
    after: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Length:
    """期限长度: 30 days, 5 working days, 3 months."""

    count: int
    unit: str = "days"  # days | working days | months


@dataclass(frozen=True, slots=True)
class Escalation:
    """升级: who is told how long after a clock ran out, and what it is called (催办, 通报)."""

    after: Length
    label: str
    to: tuple[Grant, ...]


@dataclass(frozen=True, slots=True)
class ClockRule:
    """时限规则: runs from one move until another; the day of the start is not counted (民法典第二百零一条).

    ``resumes`` are moves that let a stopped clock run on to its old due day (退回整改). ``suspends`` are moves
    after which no time counts until one of ``continues`` (听证所需时间不计入); the due day moves by the days
    between. ``extends`` are moves that put the due day off, ``extensions`` times at most. ``roll`` says what
    becomes of a due day that is not worked (民法典第二百零三条; domain.md §0.6). With ``due`` the due day is
    that field of the entry and there is no length. ``lapses`` marks a window that ends by itself, a right to use
    or a time to wait (申请复核期限, 公示期): nobody is late when it is over.
    ``lengths`` are other lengths, in days or months, by what the entry says in the choice ``by`` when the clock
    starts (咨询1天，求助5天).
    """

    name: str
    label: str
    starts: str
    stops: tuple[str, ...]
    length: int
    unit: str = "days"  # days | months
    counts: str = "calendar"  # calendar | working
    source: Source = field(default_factory=Source)
    resumes: tuple[str, ...] = ()
    roll: str = "none"  # none | next_working_day
    due: str = ""
    suspends: tuple[str, ...] = ()
    continues: tuple[str, ...] = ()
    extends: Mapping[str, Length] = field(default_factory=dict)
    extensions: int = 1
    warn: tuple[Length, ...] = ()
    escalates: tuple[Escalation, ...] = ()
    lapses: bool = False
    by: str = ""
    lengths: Mapping[str, Length] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BallotChoice:
    """表决对象: the entries of ``list`` whose field ``by`` names the vote; ``move`` sets their field ``sets`` to the votes."""

    list: str
    by: str
    move: str
    sets: str


@dataclass(frozen=True, slots=True)
class SealedVote:
    """无记名表决: ballots that are no facts, cast between the moves ``opens`` and ``closes`` by those on the roll.

    ``most`` names the field that says how many marks a ballot may hold, ``seats`` the one that says how many ballots
    were issued (empty: one for each on the roll), ``quorum`` a formula that must hold for the count. The others name
    the fields that counting fills: ballots returned, invalid ones, the choices with their votes, and the hashes of
    the shuffled ballots and of the roll of those who voted.
    """

    roll: tuple[Grant, ...]
    opens: str
    closes: str
    choices: tuple[BallotChoice, ...]
    most: str
    returned: str
    invalid: str
    totals: str
    ballots: str
    voters: str
    seats: str = ""
    quorum: str = ""

    @property
    def counted(self) -> tuple[str, ...]:
        """The fields that only opening and counting fill."""
        return (self.returned, self.invalid, self.totals, self.ballots, self.voters)


@dataclass(frozen=True, slots=True)
class Feed:
    """取数: a commitment, by the name of its indicator, whose month's figure is a measure of this list."""

    commitment: str
    measure: str


@dataclass(frozen=True, slots=True)
class Definition:
    """清单定义: one list, checked. ``version`` is the first 16 hex digits of its text's SHA-256."""

    name: str
    label: str
    version: str
    source: Source
    fields: Mapping[str, Field]
    states: Mapping[str, State]
    moves: Mapping[str, Move]
    clocks: Mapping[str, ClockRule] = field(default_factory=dict)
    title: str = ""  # the field shown as an entry's name
    period: str = ""
    visible: str = "owners"  # owners | county | public: who reads an entry and what was reported about it
    lights: str = "owners"  # likewise, who sees its light without the figures
    measures: str = "county"  # likewise, who is told the measures over all entries
    owners: tuple[str, ...] = ()  # fields naming the bodies an entry belongs to
    numbering: str = ""
    table: tuple[str, ...] = ()  # fields and formulas shown as columns; the indexed ones when empty
    text: str = ""
    reckoning: Reckoning = field(default_factory=Reckoning)
    sealed: SealedVote | None = None
    feeds: tuple[Feed, ...] = ()

    @property
    def opening_moves(self) -> tuple[Move, ...]:
        """The moves by which an entry comes into being."""
        return tuple(move for move in self.moves.values() if move.opens)

    @property
    def indexed(self) -> tuple[Field, ...]:
        """The fields by which entries can be filtered and sorted."""
        return tuple(item for item in self.fields.values() if item.indexed)
