"""Compiled lists: what was read from YAML and checked, kept in LUOSHI_HOME/cache for the next start.

YAML, its schema and formulas take a third of a second to read. A file is found by the hash of the texts it was made
from and of the program that made it, so an edited text or a new version is never answered from an old file. Every
file may be deleted at any time; a damaged one is passed over.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from luoshi import __version__
from luoshi.lists.definition import Definition

FOLDER = "cache"
_PROGRAM = Path(__file__).resolve().parent.parent
_ROOMS = ("terms", "people", "lists")
"""The rooms whose code and schemas make definitions."""
_MODULES = frozenset({
    "luoshi.lists.definition", "luoshi.lists.formula.parameter", "luoshi.lists.formula.reckoning",
    "luoshi.lists.formula.tree", "luoshi.people.actor", "luoshi.people.role", "luoshi.terms.source",
})  # fmt: skip
_MOST = 64
"""Files kept; the oldest go first."""
_DAMAGED = (
    OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, IndexError, KeyError, TypeError, ValueError,
    MemoryError, RecursionError,
)  # fmt: skip

Definitions = Mapping[str, Definition]


def compiled(
    home: Path, texts: Callable[[], Iterable[bytes]], read: Callable[[], Definitions | None]
) -> Definitions | None:
    """The definitions made from these texts: from the cache, or read and then kept there.

    Args:
        home: LUOSHI_HOME; without such a folder, or where it cannot be written, nothing is kept.
        texts: gives all that ``read`` reads, in order; asked again afterwards, in case something was edited meanwhile.
        read: the slow way; None where something is wrong, which is never kept.
    """
    key = _key(texts())
    path = home / FOLDER / f"lists-{key}.bin"
    kept = _kept(path)
    if kept is not None:
        return kept
    definitions = read()
    if definitions is not None and home.is_dir() and _key(texts()) == key:
        _keep(path, definitions)
    return definitions


def _key(texts: Iterable[bytes]) -> str:
    digest = hashlib.sha256(_program().encode())
    for text in texts:
        digest.update(hashlib.sha256(text).digest())
    return digest.hexdigest()[:32]


@cache
def _program() -> str:
    """What tells this program from any other: its version, its Python, and the files that make definitions."""
    files = sorted(path for room in _ROOMS for path in (_PROGRAM / room).rglob("*") if path.suffix in {".py", ".json"})
    stamps = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return repr((__version__, sys.version_info[:3], stamps))


def _kept(path: Path) -> Definitions | None:
    try:
        content = path.read_bytes()
        digest, body = content[:32], content[32:]
        if hashlib.sha256(body).digest() != digest:
            return None
        found = _DefinitionsOnly(io.BytesIO(body)).load()
    except _DAMAGED:
        return None
    whole = isinstance(found, dict) and all(isinstance(definition, Definition) for definition in found.values())
    return found if whole else None


def _keep(path: Path, definitions: Definitions) -> None:
    """Write the file beside its place and move it there, so that no reader meets half of it."""
    body = pickle.dumps(dict(definitions), pickle.HIGHEST_PROTOCOL)
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        descriptor, partial = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(descriptor, "wb") as file:
            file.write(hashlib.sha256(body).digest() + body)
        Path(partial).replace(path)
        files = sorted(path.parent.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        for old in files[:-_MOST]:
            old.unlink(missing_ok=True)
    except OSError:
        return  # a full or read-only disk costs time, no more


class _DefinitionsOnly(pickle.Unpickler):
    """Builds definitions and nothing else, whatever was written into the file."""

    def find_class(self, module: str, name: str) -> type:
        """A class that definitions are made of.

        Raises:
            pickle.UnpicklingError: the file asks for anything else.
        """
        if (module, name) == ("fractions", "Fraction"):
            return Fraction
        if (module, name) == ("datetime", "date"):
            return date
        found = getattr(sys.modules.get(module), name, None) if module in _MODULES else None
        if isinstance(found, type) and found.__module__ == module:
            return found
        raise pickle.UnpicklingError(f"{module}.{name}")
