"""Word lists as data: written in YAML for people, compiled to one JSON file that is quick to load.

YAML is slow to parse, so a lexicon folder keeps ``compiled.json`` beside its YAML files; a test holds the two
in step. ``python -m luoshi.document.wordlist`` writes the compiled files anew; the program only reads them.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

COMPILED = "compiled.json"


class LexiconError(ValueError):
    """A lexicon file is written wrongly; the message names file and key."""


def compile_lexicon(folder: Path) -> str:
    """The text that ``compiled.json`` of ``folder`` must hold: file name → key → words.

    Raises:
        LexiconError: a file without a source, a key that is no list or mapping, a word listed twice.
    """
    from luoshi.terms.yaml_text import read_yaml

    tables: dict[str, object] = {}
    for path in sorted(folder.glob("*.yaml")):
        read = read_yaml(path.read_text("utf-8"), path.name, "document")
        if read.findings:
            raise LexiconError("\n".join(str(finding) for finding in read.findings))
        tables[path.stem] = _checked(read.data, path.name)
    return json.dumps(tables, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _checked(data: object, name: str) -> dict[str, object]:
    if not isinstance(data, dict) or "source" not in data:
        raise LexiconError(f"{name}: 须是映射，并写明source(来源，未核实时留空)。")
    words: dict[str, object] = {}
    for key, value in data.items():
        if key == "source":
            continue
        if isinstance(value, list):
            twice = {word for word in value if value.count(word) > 1}
            if twice:
                raise LexiconError(f"{name}: {key}里重复列出了{'、'.join(sorted(map(str, twice)))}。")
            if not all(isinstance(word, str) and word for word in value):
                raise LexiconError(f"{name}: {key}里有空词或不是文字的词。")
        elif not isinstance(value, dict):
            raise LexiconError(f"{name}: {key}须是词表或映射。")
        words[key] = value
    return words


@cache
def load_lexicon(folder: Path) -> dict[str, dict[str, Any]]:
    """The word lists of ``folder``: file name → key → list or mapping.

    Nothing is written, so that a read-only installation works; without a compiled file the YAML is read.
    """
    compiled = folder / COMPILED
    text = compiled.read_text("utf-8") if compiled.exists() else compile_lexicon(folder)
    found: dict[str, dict[str, Any]] = json.loads(text)
    return found


def main() -> None:
    """Write the compiled file of every lexicon folder of the program."""
    for folder in sorted(Path(__file__).parent.parent.glob("*/lexicon")):
        (folder / COMPILED).write_text(compile_lexicon(folder), "utf-8")


if __name__ == "__main__":
    main()
