"""The lists in force: the shipped packs, then LUOSHI_HOME/packs; and every version ever used."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from luoshi.lists.definition import Definition
from luoshi.store.compiled import compiled
from luoshi.store.models import StoredDefinition
from luoshi.terms.finding import Finding, Level, has_errors
from luoshi.terms.yaml_text import YamlText

SHIPPED = Path(__file__).resolve().parent.parent / "packs"


def pack_folders() -> tuple[Path, ...]:
    """The packs in the order in which they override: national first, the county's own last."""
    own = Path(settings.LUOSHI_HOME) / "packs"
    shipped = [SHIPPED / name for name in settings.LUOSHI_PACKS]
    return tuple(folder for folder in (*shipped, *(sorted(own.iterdir()) if own.is_dir() else [])) if folder.is_dir())


def pack_files(kind: str) -> dict[str, list[Path]]:
    """The files of one kind (``lists``, ``light``, ``league``) by stem, in overriding order."""
    found: dict[str, list[Path]] = {}
    for folder in pack_folders():
        for path in sorted((folder / kind).glob("*.yaml")):
            found.setdefault(path.stem, []).append(path)
    return found


def read_lists() -> tuple[dict[str, Definition], list[Finding]]:
    """All lists of the packs and everything that is to be said about them, read from their files."""
    from luoshi.lists.load import read_definition  # with its schema slow to load, and rarely needed: see compiled
    from luoshi.lists.sense import check_together

    definitions: dict[str, Definition] = {}
    findings: list[Finding] = []
    laid = {stem: _laid_over(paths) for stem, paths in pack_files("lists").items()}
    for stem, one in laid.items():
        findings += one.findings
        if has_errors(one.findings):
            continue
        definition, found = read_definition(one.text, one.name)
        findings += [*one.placed(found), *_nothing_below(stem, one, found, laid)]
        if definition:
            definitions[definition.name] = definition
    together: Iterable[Finding] = check_together(definitions)
    for one in laid.values():
        together = one.placed(together)
    return definitions, [*findings, *together]


def _nothing_below(stem: str, one: _Laid, found: Iterable[Finding], known: Iterable[str]) -> list[Finding]:
    """A file that changes only parts of a list, and there is no such list."""
    import difflib

    data = one.top.data if one.top else None
    is_partial = isinstance(data, dict) and not {"fields", "states", "moves"} <= data.keys()
    if one.is_merged or not has_errors(found) or not is_partial:
        return []
    near = difflib.get_close_matches(stem, [name for name in known if name != stem], 1, 0.5)
    hint = f"是否应为“{near[0]}.yaml”？" if near else "要写一张新清单，须写全fields、states和moves。"
    return [Finding("store.E002", Level.ERROR, one.name, f"没有名为“{stem}”的清单可以覆盖。", hint)]


@dataclass(frozen=True, slots=True)
class _Laid:
    """The text of a list with the packs that override it; ``top`` is the file that lies on top, as written."""

    name: str
    text: str
    top: YamlText | None
    findings: list[Finding]
    is_merged: bool = False

    def placed(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings about the merged text at their places in the file on top."""
        from luoshi.lists.override import placed_in

        return placed_in(self.top, self.text, self.name, findings) if self.is_merged and self.top else list(findings)


def _laid_over(paths: list[Path]) -> _Laid:
    """One file alone is taken as it is written."""
    import yaml

    from luoshi.lists.override import check_override, merged
    from luoshi.terms.yaml_text import read_yaml

    data: dict[str, Any] = {}
    findings: list[Finding] = []
    text, top = "", None
    for path in paths:
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            findings.append(Finding("store.E001", Level.ERROR, path.name, "这个文件不是UTF-8编码。", "请另存为UTF-8。"))
            continue
        top = read_yaml(text, path.name, "lists")
        if len(paths) > 1:
            mapping = top.data if isinstance(top.data, dict) else {}
            findings += [*top.findings, *check_override(data, top, path.name)] if data else top.findings
            data = merged(data, mapping)
    whole = yaml.safe_dump(data, allow_unicode=True, sort_keys=False) if len(paths) > 1 else text
    return _Laid(paths[-1].name, whole, top, findings, len(paths) > 1)


_LOOK_AGAIN = 1.0
"""Seconds for which the files of the packs are taken to be unchanged."""


def _signature() -> tuple[tuple[str, int], ...]:
    return _signature_at(str(settings.LUOSHI_HOME), int(time.monotonic() / _LOOK_AGAIN))


@lru_cache(maxsize=2)
def _signature_at(_home: str, _tick: int) -> tuple[tuple[str, int], ...]:
    paths = [path for paths in pack_files("lists").values() for path in paths]
    return tuple((str(path), path.stat().st_mtime_ns) for path in paths)


@lru_cache(maxsize=2)
def _read(signature: tuple[tuple[str, int], ...]) -> tuple[Mapping[str, Definition], str]:
    said: list[Finding] = []

    def read() -> Mapping[str, Definition] | None:
        definitions, findings = read_lists()
        said.extend(finding for finding in findings if finding.level is Level.ERROR)
        return None if said else definitions

    found = compiled(Path(settings.LUOSHI_HOME), partial(_texts, [path for path, _ in signature]), read)
    return found or {}, "\n".join(map(str, said))


def _texts(paths: Iterable[str]) -> Iterator[bytes]:
    """The names and contents of the files, in the order in which they override."""
    for path in paths:
        yield Path(path).name.encode()
        yield Path(path).read_bytes()


_last_good: dict[str, Mapping[str, Definition]] = {}
"""The lists last found without error, by home: a bad edit of a county's file does not stop the county."""


def lists_in_force() -> Mapping[str, Definition]:
    """The current definition of every list; files changed on disk are taken up without a restart.

    While a changed file has errors, what was in force before stays so; ``luoshi check`` names the errors.

    Raises:
        ImproperlyConfigured: there are errors from the start; nothing is taken into use.
    """
    home = str(settings.LUOSHI_HOME)
    definitions, errors = _read(_signature())
    if not errors:
        _last_good[home] = definitions
    elif home not in _last_good:
        raise ImproperlyConfigured("清单定义有误，未启用：\n" + errors)
    return _last_good[home]


def current(name: str) -> Definition:
    """The definition of a list under which new entries are opened.

    Raises:
        KeyError: no list of that name.
    """
    return lists_in_force()[name]


@lru_cache(maxsize=512)
def version(identity: str) -> Definition:
    """The definition of this version, in force or not."""
    for definition in lists_in_force().values():
        if definition.version == identity:
            return definition
    stored = StoredDefinition.objects.get(version=identity)
    kept = compiled(
        Path(settings.LUOSHI_HOME), lambda: [b"stored", stored.text.encode()], partial(_read_stored, stored)
    )
    if not kept:
        raise ImproperlyConfigured(f"清单定义{stored.list}的版本{identity}已无法读取。")
    return kept[stored.list]


def _read_stored(stored: StoredDefinition) -> Mapping[str, Definition] | None:
    from luoshi.lists.load import read_definition

    definition, _ = read_definition(stored.text, stored.list)
    return {stored.list: definition} if definition else None


def keep(definitions: Iterable[Definition]) -> None:
    """Store the versions not yet stored, so that entries opened under them can always be folded again."""
    wanted = {definition.version: definition for definition in definitions}
    known = StoredDefinition.objects.filter(version__in=wanted).values_list("version", flat=True)
    StoredDefinition.objects.bulk_create(
        (
            StoredDefinition(version=version, list=definition.name, text=definition.text)
            for version, definition in wanted.items()
            if version not in set(known)
        ),
        ignore_conflicts=True,
    )
