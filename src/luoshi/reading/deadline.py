"""Times as officials write them (6月底前, 三季度末, 1—9月, 年底前) as days; the plan's year comes in.

Nothing is guessed: words without a day (长期坚持, 春节前, 每月) are kept as words and give no date.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from luoshi.reading.numeral import chinese
from luoshi.reading.rule import declare
from luoshi.terms.pattern import pattern
from luoshi.terms.span import Span

for _identity, _name, _doc in (
    ("month", "月份", "例：2023年6月底、9月份、十月下旬、10月31日。 非例：3个月。"),
    ("months", "月份起止", "例：1—9月、3月至10月底、7月9日至17日。 非例：5—6个。"),
    ("quarter", "季度", "例：三季度末、前三季度、第四季度。 非例：四个季度。"),
    ("year", "年和半年", "例：上半年、年底前、今年内、2025年。 非例：十四五。"),
    ("numeric", "数字日期", "例：2023-06-30、2023.12。 非例：12.3亿元。"),
    ("standing", "无期限用语", "例：长期坚持、持续推进、每月25日前。 非例：持续到6月底。"),
    ("before", "期限的“前”", "例：6月底前、9月30日之前。 非例：6月底前后。"),
):
    declare(f"reading.deadline.{_identity}", _name, _doc)

_M = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_D = r"3[01]|[12][0-9]|0?[1-9]"
_YEAR = r"(?:(?:(?P<year>(?:19|20)[0-9]{2})年|(?P<relative>今年|本年度?|当年|明年|次年|上年|去年))[ \u3000]?)?"
_PART = r"(?P<part>上旬|中旬|下旬|底|末|初(?![步中级始高]))?"
_TO = r"(?:[-－—–―~～]{1,2}|至|到)"
_WORDS = pattern(
    r"(?=[0-9今本当明次上下去一二三四五六七八九十前第年全岁])(?:"
    rf"(?<![0-9.．第])(?P<numeric>(?P<ny>20[0-9]{{2}})(?:[-/](?P<nm>{_M})[-/](?P<nd>{_D})|\.(?P<pm>1[0-2]|0?[1-9])(?:\.(?P<pd>{_D}))?)(?![0-9.．%％/-]))"
    rf"|(?<![0-9.．])(?P<years>(?P<ya>20[0-9]{{2}})年?{_TO}(?P<yb>20[0-9]{{2}})年)"
    rf"|(?<![0-9.．第]){_YEAR}(?:"
    rf"(?P<months>(?P<ma>{_M})(?:月份?(?:(?P<da>{_D})[日号]|[底末初])?)?{_TO}"
    rf"(?:(?P<mb>{_M})月(?:份|(?P<db>{_D})[日号])?|(?P<dc>{_D})[日号]){_PART.replace('part', 'part_of_range')})"
    rf"|(?P<month>(?P<m>{_M})月(?!球|饼|亮|子|台|季|嫂)(?:份|(?P<d>{_D})[日号])?{_PART})"
    rf"|(?P<quarters>前(?P<qn>[二两三])个?季度|(?P<qa>[一1]){_TO}(?P<qb>[二三四2-4])季度)"
    r"|(?P<quarter>第?(?P<q>[一二三四1-4])季度(?:末|底|内)?)"
    r"|(?P<half>[上下]半年|年中(?![\u4e00-\u9fff])|年中(?=前|完成))"
    r"|(?P<whole>年底|年末|年内(?!蒙|涝|需)|年初(?!步)|全年|岁末)"
    r"|(?P<tail>(?:底|末|内(?![蒙涝需部外])|初(?![步中级始])))?))"
)
_NO_SUCH = pattern(r"[ \u3000]*[0-9]{1,3}[月日号]")
"""A month or day that goes on from a year or month read alone: no calendar has it (2026年13月, 6月35日)."""
_BEFORE = pattern(r"(?P<before>(?:之|以)?前(?!后|期|列|景|提|沿|述|瞻|往|三|两|二|置|端|进))|(?P<about>前后|左右)")
_STANDING = pattern(
    r"长期坚持|长期推进|长期|持续推进|持续实施|持续用力|持续坚持|持续|常年(?:坚持)?|常态化(?:推进|开展)?|按(?:时间)?(?:进度|节点|计划)(?:推进|实施)|"
    r"每(?:年|月|季度?|周|半年)(?:[0-9]{1,2}[日号])?(?:底|末|初)?(?:之?前)?|适时|即时|立即|春节前|国庆节?前|汛期前|汛前"
)
_DAYS = {"上旬": 10, "初": 10, "中旬": 20}
_RELATIVE = {"明": 1, "次": 1, "上": -1, "去": -1}


@dataclass(frozen=True, slots=True)
class TimeWords:
    """时间表述: words of time with the first and last day they mean; both None where they mean no day.

    ``bounded`` says that 前 followed (6月底前): only the last day binds, ``first`` is None.
    """

    span: Span
    words: str
    first: date | None
    last: date | None
    rule: str
    bounded: bool = False
    doubt: str = ""


def time_words(text: str, start: int, end: int, year: int) -> Iterator[TimeWords]:
    """Every expression of time in ``text[start:end]``, in order.

    Args:
        text: the document.
        start: where to begin.
        end: where to stop.
        year: the plan's year, meant where none is written and by 今年.
    """
    for found in _WORDS.finditer(text, start, end):
        read = _read(found, year) if found.end() > found.start() else None
        if read:
            yield _bound(text, end, read)


def read_deadline(text: str, start: int, end: int, year: int) -> TimeWords | None:
    """The deadline that the words of a cell or of 完成时限：… mean, or None for no words at all.

    Of several times (3月底前启动，10月底前完成) the latest is the deadline; words without a day are kept.
    """
    span = _stripped(text, start, end)
    if not len(span):
        return None
    dated = [one for one in time_words(text, span.start, span.end, year) if one.last]
    standing = _STANDING.search(text, span.start, span.end)
    if standing and standing.group().startswith("每"):
        dated = []
    if not dated:
        rule = "reading.deadline.standing" if standing else ""
        doubt = "" if standing else f"“{span.quote(text)}”看不出日期。"
        return TimeWords(span, span.quote(text), None, None, rule, doubt=doubt)
    latest = max(dated, key=lambda one: (one.last or date.min, one.span.start))
    others = "原文有多个时间，取最晚的一个。" if len({one.last for one in dated}) > 1 else ""
    return replace(latest, doubt=latest.doubt or others)


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \u3000\xa0\t\r\n:：,，;；":
        start += 1
    while start < end and text[end - 1] in " \u3000\xa0\t\r\n,，;；。.":
        end -= 1
    return Span(start, end)


def _bound(text: str, end: int, read: TimeWords) -> TimeWords:
    found = _BEFORE.match(text, read.span.end, end)
    if not found:
        return read
    span = Span(read.span.start, found.end())
    if found["about"]:
        return replace(read, span=span, words=span.quote(text))
    last, doubt = read.last, ""
    # No law defines 前: 9月30日前 and 6月底前 are read with their day, a bare 6月前 as ending before June, with a doubt.
    if read.first and read.words[-1] in "月份度年" and read.words[-2:] != "半年":
        last = read.first - timedelta(days=1)
        doubt = f"“{span.quote(text)}”可指该期之前，也可指该期期末之前，现按该期之前读。"
    return replace(read, span=span, words=span.quote(text), first=None, last=last, bounded=True, doubt=doubt)


def _read(found: re.Match[str], plan_year: int) -> TimeWords | None:
    span, words = Span(found.start(), found.end()), found.group()
    year = int(found["year"]) if found["year"] else plan_year + _RELATIVE.get((found["relative"] or " ")[0], 0)
    kind, days = _days(found, year)
    if days is None or (words.rstrip(" \u3000")[-1] in "年月" and _NO_SUCH.match(found.string, found.end())):
        return None
    return TimeWords(span, words, days[0], days[1], f"reading.deadline.{kind}")


def _days(found: re.Match[str], year: int) -> tuple[str, tuple[date, date] | None]:
    """Which rule read the words, and the first and last day."""
    if found["numeric"]:
        month, day = found["nm"] or found["pm"], found["nd"] or found["pd"]
        return "numeric", _month(int(found["ny"]), _number(month), day, "")
    if found["years"]:
        first, last = int(found["ya"]), int(found["yb"])
        return "year", (date(first, 1, 1), date(last, 12, 31)) if first < last else None
    if found["months"]:
        return "months", _range(found, year)
    if found["month"]:
        return "month", _month(year, _number(found["m"]), found["d"], found["part"] or "")
    if found["quarters"]:
        last_quarter = _number((found["qn"] or found["qb"]).replace("两", "二"))
        return "quarter", (date(year, 1, 1), _end(year, 3 * last_quarter))
    if found["quarter"]:
        month = 3 * _number(found["q"])
        return "quarter", (date(year, month - 2, 1), _end(year, month))
    if found["half"]:
        last = 12 if found["half"] == "下半年" else 6
        return "year", (date(year, 7 if last == 12 else 1, 1), _end(year, last))
    part = found["whole"] or found["tail"] or ""
    if not (part or found["year"]):
        return "year", None
    return "year", (date(year, 1, 1), date(year, 1, 31) if part.endswith("初") else date(year, 12, 31))


def _range(found: re.Match[str], year: int) -> tuple[date, date] | None:
    first = _month(year, _number(found["ma"]), found["da"], "")
    if found["dc"]:
        last = _month(year, _number(found["ma"]), found["dc"], "") if found["da"] else None
    else:
        last = _month(year, _number(found["mb"]), found["db"], found["part_of_range"] or "")
    if not first or not last:
        return None
    if last[1] < first[0]:  # from one year into the next: 11月至次年2月 is written without its year
        return None
    return first[0], last[1]


def _month(year: int, month: int, day: str | None, part: str) -> tuple[date, date] | None:
    if not 1 <= month <= 12:
        return None
    last = _end(year, month)
    if day:
        if int(day) > last.day:
            return None
        return date(year, month, int(day)), date(year, month, int(day))
    return date(year, month, 1), date(year, month, _DAYS[part]) if part in _DAYS else last


def _end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _number(written: str) -> int:
    return int(written) if written.isascii() else int(chinese(written))
