"""Who is named in a list of the responsible: bodies, groups of bodies (各乡镇（街道）) and leaders, each at its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from luoshi.reading.rule import declare
from luoshi.reading.words import either, words
from luoshi.terms.pattern import pattern
from luoshi.terms.span import Span

for _identity, _name, _doc in (
    ("list", "责任方名单", "例：县发改局、县财政局，市生态环境局和县水利局。 非例：县住房和城乡建设局(一个单位)。"),
    ("group", "单位统称", "例：各乡镇（街道）、县直有关部门。 非例：县有线电视台。"),
    ("mark", "牵头记号", "例：▲县发改局、县财政局★。 非例：A★级酒店。"),
    ("open", "“等”字未尽", "例：县财政局等部门。 非例：县高等专科学校。"),
    (
        "part",
        "各自部分",
        "例：县教育局牵头学校建设、县卫健局（医院部分）。 非例：县教育局牵头负责、县委办（县档案局）。",
    ),
    ("verb", "分工动词", "例：县发改局牵头、县财政局按职责分工负责。 非例：牵头单位。"),
):
    declare(f"reading.parties.{_identity}", _name, _doc)

_HAN = "\u4e00-\u9fff"
_BLANK = " \u3000\xa0\t\r\n"
_MARKS = "▲△★☆※●◆■＊*"
_CUT = pattern(rf"[、，,；;/／。\n\t]|(?<=[^{_BLANK}]{{2}})[ \u3000\xa0]+(?=[^{_BLANK}]{{2}})")
_BRACKET = pattern("[()（）〔〕\\[\\]【】]")
_ENDINGS = either(words("bodies", "endings"))
_BODY = pattern(rf"[{_HAN}A-Za-z0-9（）()“”·—\-]{{0,28}}(?:{_ENDINGS})(?:[（(][^（()）]*[）)])?")
_GROUP = pattern(
    rf"(?:{either(words('bodies', 'groups'))})|[{_HAN}]{{0,8}}(?:各有关|有关|相关)(?:部门|单位|乡镇|镇|街道)"
)
_AND = pattern(rf"(?<=[局委办部会镇乡联处府司道心])(?:以及|和|及|与)(?=[{_HAN}]{{2}})")
_OPEN = pattern(
    r"等(?:(?:[0-9一二三四五六七八九十]+[个家])?(?:县直|区直|市直)?(?:有关|相关|责任|成员|职能)*(?:部门|单位|乡镇|镇街|街道|企业)*)?\Z"
)
_VERB = pattern(
    r"(?P<how>按(?:照)?(?:各自)?职责(?:分工)?|分别|各自|分头|共同|联合|具体)*"
    r"(?P<verb>负责牵头|牵头负责|牵头组织(?:实施|落实)?|牵头(?:抓总|推进|实施|落实)?|负责落实|负责|落实|实施|配合|协助|协同|参与|参加|协办|主办)\Z"
)
_ROLE = {"牵头": "lead", "主办": "lead", "负责": "responsible", "落实": "responsible", "实施": "responsible"}
_STACKED = pattern(rf"(?:[{_HAN}][ \u3000\xa0]+[{_HAN}])+\Z")
_ONE_STACKED = pattern(rf"[{_HAN}][ \u3000\xa0]+[{_HAN}]")
_ASIDE = pattern(r"[ \u3000]*[（(](?P<role>牵头单位|牵头|主办|配合单位|配合|协办)[)）]\Z")
_OWN_PART = pattern(
    rf"(?P<body>.{{2,30}}?)(?:牵头负责|负责牵头|牵头组织|牵头推进|牵头)(?P<part>(?!单位|部门|抓总|负责|组织|落实|推进|实施|统筹|协调)[{_HAN}“].{{1,39}})\Z"
)
_PART_ASIDE = pattern(r"[ \u3000]*[（(](?P<part>[^（()）]{2,40}?)(?:部分|方面|工作|任务|项目)[)）]\Z")
_LONGEST = 80
_LEAD_IN = pattern(r"由(?=[^\s])|[0-9一二三四五六七八九十①-⑳]{1,2}[.．、]|[：:]")


@dataclass(frozen=True, slots=True)
class NamedParty:
    """责任方: one body or leader as written; ``text[span.start:span.end] == name``.

    ``is_group`` is true of 各乡镇（街道）, which no single body answers to; ``is_marked`` of ▲县发改局. ``part`` is
    the place of the words that say which part of the work is its own (县教育局牵头学校建设).
    """

    span: Span
    name: str
    is_group: bool = False
    is_marked: bool = False
    part: Span | None = None

    @property
    def plain(self) -> str:
        """The name without the blanks that set two characters apart (俞 悦)."""
        return re.sub(rf"[{_BLANK}]", "", self.name)


@dataclass(frozen=True, slots=True)
class PartyShare:
    """责任方名单: parties of one list that share a role.

    ``role`` is ``lead``, ``responsible``, ``cooperate`` or what was given for the list; ``how`` is the word that
    divides the work among them (分别, 按职责分工) or empty; ``verb`` the written verb.
    """

    role: str
    parties: tuple[NamedParty, ...]
    how: str = ""
    verb: str = ""


def is_body_like(name: str) -> bool:
    """Whether a name ends as bodies do, or names a group of them."""
    plain = re.sub(rf"[{_BLANK}]", "", name)
    return 2 <= len(plain) <= 30 and (_BODY.fullmatch(plain) is not None or _GROUP.match(plain) is not None)


def cut(text: str, start: int, end: int) -> list[Span]:
    """The pieces of a list, cut at 、，；/ and line ends outside brackets; blanks around them taken off."""
    guards = _brackets(text, start, end)
    stops: list[tuple[int, int]] = []
    at = 0
    for found in _CUT.finditer(text, start, end):
        while at < len(guards) and guards[at][1] <= found.start():
            at += 1
        if not (at < len(guards) and guards[at][0] < found.start()):
            stops.append((found.start(), found.end()))
    spans, begin = [], start
    for left, right in [*stops, (end, end)]:
        piece = _trim(text, begin, left)
        if len(piece):
            spans.append(piece)
        begin = right
    return spans


def read_parties(text: str, start: int, end: int, role: str) -> tuple[list[PartyShare], bool]:
    """The parties of a list with their roles, and whether 等 left the list open.

    A verb (牵头, 配合, 按职责分工负责) gives its role to all names before it back to the verb before.

    Args:
        text: the document.
        start: where the list begins.
        end: where it ends.
        role: the role of names without a verb, from the label or the column's name.
    """
    shares: list[PartyShare] = []
    pending: list[NamedParty] = []
    is_open = False
    pieces = cut(text, start, end)
    for piece in pieces if role == "leader" else _rejoined(text, pieces):
        own = None if role == "leader" else _OWN_PART.match(text, piece.start, piece.end)
        if own and is_body_like(own["body"]):
            pending.extend(_parties(text, Span(*own.span("body")), is_leader=False))
            parted = tuple(replace(one, part=Span(*own.span("part"))) for one in pending)
            shares.append(PartyShare("lead", parted, "分别", "牵头"))
            pending = []
            continue
        span, verb = _without_verb(text, piece)
        if verb and not len(span) and not pending:
            continue
        closed = _OPEN.search(span.quote(text))
        if closed and closed.start() >= 2:
            is_open = True
            span = _trim(text, span.start, span.start + closed.start())
        pending.extend(_parties(text, span, is_leader=role == "leader"))
        if verb and pending:
            shares.append(PartyShare(_role_of(verb["verb"]), tuple(pending), verb["how"] or "", verb.group()))
            pending = []
    if pending:
        rest = (
            "cooperate" if any(share.role == "lead" for share in shares) and role in {"lead", "responsible"} else role
        )
        shares.append(PartyShare(rest, tuple(pending)))
    return shares, is_open


def _rejoined(text: str, pieces: list[Span]) -> list[Span]:
    """The pieces of a list of bodies; a name that the end of a line cut in two is one again."""
    kept: list[Span] = []
    for piece in pieces:
        last = kept[-1] if kept else None
        if last and not text[last.end : piece.start].strip(_BLANK) and not is_body_like(last.quote(text)):
            whole = Span(last.start, piece.end)
            if is_body_like(whole.quote(text)) and not _VERB.search(last.quote(text)):
                kept[-1] = whole
                continue
        kept.append(piece)
    return kept


def _role_of(verb: str) -> str:
    return next((role for word, role in _ROLE.items() if word in verb), "cooperate")


def _without_verb(text: str, piece: Span) -> tuple[Span, re.Match[str] | None]:
    quote = piece.quote(text)
    verb = _VERB.search(quote)
    if not verb or quote.endswith(("落实办", "实施办")):
        return piece, None
    return _trim(text, piece.start, piece.start + verb.start()), verb


def _parties(text: str, span: Span, *, is_leader: bool) -> list[NamedParty]:
    lead_in = _LEAD_IN.match(text, span.start, span.end)
    if lead_in:
        span = _trim(text, lead_in.end(), span.end)
    if not len(span):
        return []
    if is_leader and _STACKED.match(span.quote(text)):
        found = [Span(m.start(), m.end()) for m in _ONE_STACKED.finditer(text, span.start, span.end)]
        return [NamedParty(one, one.quote(text)) for one in found]
    spans, begin = [], span.start
    for joint in () if is_leader or len(span) > _LONGEST else _AND.finditer(text, span.start, span.end):
        left = _trim(text, begin, joint.start())
        if _BODY.fullmatch(left.quote(text)) and _BODY.fullmatch(text[joint.end() : span.end].strip(_BLANK + _MARKS)):
            spans.append(left)
            begin = joint.end()
    return [one for part in [*spans, _trim(text, begin, span.end)] if (one := _party(text, part))]


def _party(text: str, span: Span) -> NamedParty | None:
    start, end = span.start, span.end
    while start < end and text[start] in _MARKS + _BLANK:
        start += 1
    while start < end and text[end - 1] in _MARKS + _BLANK:
        end -= 1
    aside = _ASIDE.search(text, start, end)
    if aside and aside.start() > start:
        end = aside.start()
    part = None if aside else _PART_ASIDE.search(text, start, end)
    if part and part.start() > start:
        end = part.start()
    else:
        part = None
    name = text[start:end]
    if not re.search(rf"[{_HAN}A-Za-z]", name):
        return None
    marked = any(mark in text[span.start : start] + text[end : span.end] for mark in _MARKS)
    marked |= aside is not None and aside["role"] in {"牵头", "主办", "牵头单位"}
    own = Span(*part.span("part")) if part else None
    return NamedParty(Span(start, end), name, _GROUP.match(name) is not None, marked, own)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _BLANK:
        start += 1
    while start < end and text[end - 1] in _BLANK:
        end -= 1
    return Span(start, max(start, end))


def _brackets(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Outermost bracketed places; a bracket that is never closed guards nothing."""
    found: list[tuple[int, int]] = []
    stack: list[int] = []
    for mark in _BRACKET.finditer(text, start, end):
        if mark.group() in "(（〔[【":
            stack.append(mark.start())
        elif stack:
            begin = stack.pop()
            while found and found[-1][0] > begin:
                found.pop()
            found.append((begin, mark.end()))
    return found
