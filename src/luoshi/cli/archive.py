"""A backup: one tar file with all tables, evidence, packs, settings and keys, each with its hash in a manifest."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from luoshi import __version__
from luoshi.cli.home import SETTINGS_FILE
from luoshi.cli.language import said
from luoshi.terms.refusal import Refusal, Refused

MANIFEST = "manifest.json"
TABLES = "tables"
FORMAT = "luoshi-backup-2"
_FORMATS = (FORMAT, "luoshi-backup-1")
"""The first held a SQLite file instead of tables; it is still restored."""
_FOLDERS = ("evidence", "packs", "checkpoints")
_FILES = (SETTINGS_FILE, "checkpoint.key", "demo.json")


def write_backup(home: Path, target: Path) -> int:
    """Write a backup while the site goes on working; returns how many files it holds.

    The tables are written first: the evidence they name is in place before they name it.

    Raises:
        Refused: the target is there already or cannot be written.
    """
    from luoshi.store.tables import last_migration, write_tables

    partial = target.with_name(f".{target.name}.part")
    if target.exists():
        message = said(f"文件“{target}”已经存在，不会覆盖。", f"{target} exists and is not overwritten.")
        raise Refused(Refusal("cli.file_exists", message))
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
            counts = write_tables(Path(scratch))
            files = {f"{TABLES}/{name}.jsonl": Path(scratch) / f"{name}.jsonl" for name in counts}
            files |= {path.relative_to(home).as_posix(): path for path in _kept(home, counts["store_checkpointrow"])}
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as raw, tarfile.open(fileobj=raw, mode="w") as tar:
                _add_manifest(tar, files, {"migration": last_migration(), "tables": counts})
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


def _kept(home: Path, checkpoints: int) -> Iterator[Path]:
    """The files that go along; of the checkpoints only those the tables know, as one may be signed meanwhile."""
    for name in _FILES:
        if (home / name).is_file():
            yield home / name
    for folder in _FOLDERS:
        for path in sorted((home / folder).rglob("*")):
            is_later = folder == "checkpoints" and path.stem.isdigit() and int(path.stem) > checkpoints
            if path.is_file() and path.suffix != ".part" and not is_later:
                yield path


def _add_manifest(tar: tarfile.TarFile, files: dict[str, Path], tables: Mapping[str, Any]) -> None:
    told = {
        "format": FORMAT,
        "version": __version__,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        **tables,
        "files": {name: _digest(path) for name, path in files.items()},
    }
    content = json.dumps(told, ensure_ascii=False, indent=1).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size, entry.mode = len(content), 0o600
    tar.addfile(entry, io.BytesIO(content))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Unpack a backup and hold every file against its manifest, which is returned.

    Raises:
        Refused: this is no backup, or a file in it is missing or damaged.
    """
    try:
        with tarfile.open(source) as tar:
            tar.extractall(folder, filter="data")
        return _checked(folder)
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        message = said(f"“{source}”不是可以恢复的备份：{error}", f"{source} is no backup: {error}")
        raise Refused(Refusal("cli.bad_backup", message, 422)) from None


def _checked(unpacked: Path) -> dict[str, Any]:
    path = unpacked / MANIFEST
    told: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    if told.get("format") not in _FORMATS or SETTINGS_FILE not in told.get("files", {}):
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
    return told
