"""The phrases a page can show, as they stand in the sources; prints those without English.

.venv/bin/python tools/english.py            those without English, by file
.venv/bin/python tools/english.py --unused   lines of the catalogue no source has
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent / "src" / "luoshi"
SHOWN = ("web", "store", "acts", "assessment", "people", "messages", "plan", "ledger", "target", "document")
"""Rooms whose sentences reach pages."""
SINGLE = (
    "publication/legend.py", "publication/wording.py", "lists/value.py", "lists/move.py", "lists/sealed.py",
    "lists/personal.py", "lists/clock.py", "lists/written.py", "lists/amount.py", "reading/doubt.py",
    "reading/explain.py", "reading/matching.py", "terms/period.py", "terms/unit.py", "terms/source.py",
)  # fmt: skip
"""Files of other rooms whose sentences reach pages."""
SPARED = (
    "store/migrations", "store/models.py", "document/numbering.py", "document/traditional.py", "document/ordinal.py",
    "people/nearness.py", "acts/target_wording.py", "acts/row_matching.py",
)  # fmt: skip
"""Words that are looked for in documents, or never shown."""
PACKS = {"label", "help", "hint", "word", "meaning", "says", "consequence", "directly"}
"""Keys of a pack's files whose values are shown."""
PARTS = frozenset(
    [
        "等",
        "年",
        "月",
        "日",
        "亿",
        "万",
        "原",
        "零一二三四五六七八九",
        "一二三四",
        "一二三四五",
        "一",
        "十",
        "个",
        "家",
        "处",
        "件",
        "项",
        "份",
        "名",
        "{}十",
        "更",
        "督",
        "州",
        "委",
        "和",
        "及",
        "前",
        "第",
        "千",
        "百",
        "度",
    ]
)
PARTS |= {
    "和及与",
    "的{}",
    "{}的{}",
    "{}年",
    "{}年{}月",
    "{}年{}月{}日",
    "m月d日",
    "yyyy年m月",
    "yyyy年m月d日",
    "县区市州旗",
}
"""Pieces of words and of dates, which are said with what they belong to."""
HAN = re.compile("[\u3400-\u9fff]")
NAMED = re.compile(r"\{[a-z_]+\}|%[ds]")
"""Places by name, and those of scripts."""
EDGE = "，。；：、？！（） 　\n\t“”《》"


def phrases() -> dict[str, str]:
    """Each phrase with the file it was first found in, relative to the sources."""
    found: dict[str, str] = {}
    for path in sorted(ROOT.rglob("*")):
        place = path.relative_to(ROOT).as_posix()
        if path.suffix == ".py" and _is_shown(place):
            said = python(path.read_text("utf-8"))
        elif path.suffix == ".html":
            said = template(path.read_text("utf-8"))
        elif path.suffix == ".yaml" and place.startswith("packs/") and "/examples/" not in place:
            said = pack(yaml.safe_load(path.read_text("utf-8")))
        else:
            continue
        for phrase in said:
            text = NAMED.sub("{}", phrase).strip(EDGE)
            if HAN.search(text) and text not in PARTS and "〔(" not in text:
                found.setdefault(text, place)
    return found


def _is_shown(place: str) -> bool:
    if place in SINGLE:
        return True
    return place.split("/", maxsplit=1)[0] in SHOWN and not place.startswith((*SPARED, "web/english"))


def python(text: str) -> Iterator[str]:
    """The texts of a module, docstrings apart; what differs in an f-string is ``{}``."""
    tree = ast.parse(text)
    spared: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for child in body if isinstance(body, list) else ():
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                spared.add(id(child.value))
        if isinstance(node, ast.JoinedStr):
            spared.update(id(value) for value in node.values)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"re.compile", "pattern", "frozenset"}:
            spared.update(id(child) for child in ast.walk(node))
    for node in ast.walk(tree):
        if id(node) in spared:
            continue
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def template(text: str) -> Iterator[str]:
    """The texts, heard attributes and quoted words of a template."""
    text = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    for code in re.findall(r"\{[{%](.*?)[}%]\}", text, flags=re.DOTALL):
        yield from re.findall(r'"([^"]*)"', code)
        yield from re.findall(r"'([^']*)'", code)
    plain = re.sub(r"\{\{.*?\}\}", "{}", text, flags=re.DOTALL)
    for attribute in re.findall(r'(?:aria-label|title|placeholder|alt|label|data-[a-z]+|value)="([^"]*)"', plain):
        yield from re.split(r"\{%.*?%\}", attribute)
    yield from re.split(r"<[^>]*>", re.sub(r"\{%.*?%\}", "<>", plain, flags=re.DOTALL))


def pack(data: object, key: str = "") -> Iterator[str]:
    """The words of a pack's file that pages show."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from pack(value, "label" if key in {"states", "of"} and isinstance(value, str) else str(name))
    elif isinstance(data, list):
        for value in data:
            yield from pack(value, key)
    elif isinstance(data, str) and key in PACKS:
        yield data


def main() -> None:
    """Print the phrases without English, or the lines without a phrase."""
    sys.path.insert(0, str(ROOT.parent))
    from luoshi.web.english.translator import Translator, catalogue

    known, found = catalogue(), phrases()
    if "--unused" in sys.argv:
        print("\n".join(sorted(set(known) - set(found))))
        return
    say = Translator(known).say
    for phrase, place in found.items():
        if say(phrase) is None:
            print(f"{place}\t{phrase!r}")


if __name__ == "__main__":
    main()
