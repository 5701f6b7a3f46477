"""A backup: one tar file with database, evidence, packs, settings and keys, each with its hash in a manifest."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from luoshi import __version__
from luoshi.cli.home import SETTINGS_FILE
from luoshi.cli.language import said
from luoshi.terms.refusal import Refusal, Refused

MANIFEST = "manifest.json"
DATABASE = "luoshi.sqlite3"
FORMAT = "luoshi-backup-1"
_FOLDERS = ("evidence", "packs", "checkpoints")
_FILES = (SETTINGS_FILE, "checkpoint.key", "demo.json")


def write_backup(home: Path, target: Path) -> int:
    """Write a backup while the site goes on working; returns how many files it holds.

    The database is copied first and by SQLite itself: evidence it names is in place before it names it.

    Raises:
        Refused: the target is there already or cannot be written.
    """
    partial = target.with_name(f".{target.name}.part")
    if target.exists():
        message = said(f"文件“{target}”已经存在，不会覆盖。", f"{target} exists and is not overwritten.")
        raise Refused(Refusal("cli.file_exists", message))
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
            copy = Path(scratch) / DATABASE
            _copy_database(home / DATABASE, copy)
            files = {DATABASE: copy} | {path.relative_to(home).as_posix(): path for path in _kept(home)}
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as raw, tarfile.open(fileobj=raw, mode="w") as tar:
                _add_manifest(tar, files)
                for name, path in files.items():
                    tar.add(path, name, recursive=False)
                raw.flush()
                os.fsync(raw.fileno())
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        message = said(f"备份写不了：{error.strerror or error}。", f"The backup cannot be written: {error}.")
        raise Refused(Refusal("cli.unwritable", message)) from None
    return len(files)


def _copy_database(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _kept(home: Path) -> Iterator[Path]:
    for name in _FILES:
        if (home / name).is_file():
            yield home / name
    for folder in _FOLDERS:
        yield from (path for path in sorted((home / folder).rglob("*")) if path.is_file() and path.suffix != ".part")


def _add_manifest(tar: tarfile.TarFile, files: dict[str, Path]) -> None:
    told = {
        "format": FORMAT,
        "version": __version__,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "files": {name: _digest(path) for name, path in files.items()},
    }
    content = json.dumps(told, ensure_ascii=False, indent=1).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size, entry.mode = len(content), 0o600
    tar.addfile(entry, io.BytesIO(content))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_backup(source: Path, home: Path) -> int:
    """Unpack a backup into an empty home; the settings come last, so that a broken-off restore is no home.

    Returns:
        How many files were restored.

    Raises:
        Refused: this is no backup, a file in it is missing or damaged, or the home is not empty.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(home.iterdir()):
        message = said(f"{home}不是空文件夹，不会覆盖。请另指一个空的LUOSHI_HOME。", f"{home} is not empty.")
        raise Refused(Refusal("cli.home_taken", message))
    try:
        with tempfile.TemporaryDirectory(dir=home.parent) as scratch:
            unpacked = Path(scratch)
            with tarfile.open(source) as tar:
                tar.extractall(unpacked, filter="data")
            files = _checked(unpacked)
            for name in sorted(files, key=lambda one: one == SETTINGS_FILE):
                (home / name).parent.mkdir(parents=True, exist_ok=True)
                (unpacked / name).replace(home / name)
    except (tarfile.TarError, OSError, EOFError) as error:
        message = said(f"“{source}”不是可以恢复的备份：{error}", f"{source} is no backup: {error}")
        raise Refused(Refusal("cli.bad_backup", message, 422)) from None
    return len(files)


def _checked(unpacked: Path) -> list[str]:
    """The names of the files, each held against the manifest."""
    path = unpacked / MANIFEST
    told = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    if told.get("format") != FORMAT or SETTINGS_FILE not in told.get("files", {}):
        message = said("备份里没有清单，或者清单不是本程序写的。", "The backup has no manifest of this program.")
        raise Refused(Refusal("cli.bad_backup", message, 422))
    bad = [
        name for name, digest in told["files"].items()
        if not (unpacked / name).is_file() or _digest(unpacked / name) != digest
    ]  # fmt: skip
    if bad:
        message = said(
            f"备份中的{'、'.join(bad[:5])}缺失或损坏，没有恢复。", f"Damaged in the backup: {', '.join(bad[:5])}."
        )
        raise Refused(Refusal("cli.bad_backup", message, 422))
    return list(told["files"])
