"""检查点: a signed root over all stream heads, kept in the database and, with its heads, in LUOSHI_HOME/checkpoints.

The file holds what an outsider needs to check it; the private key stays in LUOSHI_HOME/checkpoint.key.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction

from luoshi.ledger.checkpoint import Checkpoint, StreamHead, broken_checkpoint, merkle_root, signed
from luoshi.store import facts
from luoshi.store.models import CheckpointRow, FactRow
from luoshi.terms.finding import Finding, Level

KEY_FILE = "checkpoint.key"


@transaction.atomic
def take_checkpoint(home: Path) -> Checkpoint:
    """Sign the heads as they are now and keep the checkpoint; the file is written before the row."""
    _alone()
    heads = [head for head in facts.heads() if head.version]
    last = CheckpointRow.objects.order_by("-number").first()
    previous = _checkpoint(last).digest() if last else ""
    number = last.number + 1 if last else 1
    bare = Checkpoint(number, datetime.now(UTC), len(heads), merkle_root(heads), previous)
    taken = signed(bare, _key(home))
    lines = [json.dumps([head.stream, head.version, head.hash], ensure_ascii=False) for head in heads]
    path = _file(home, number)
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join([_first_line(taken, _key(home)), *lines]) + "\n", "utf-8")
    CheckpointRow.objects.create(
        number=number,
        taken_at=taken.taken_at,
        streams=taken.streams,
        root=taken.root,
        previous=taken.previous,
        signature=taken.signature,
    )
    return taken


def has_grown() -> bool:
    """Whether facts were added since the newest checkpoint."""
    last = CheckpointRow.objects.order_by("-number").first()
    heads = [head for head in facts.heads() if head.version]
    return bool(heads) if last is None else merkle_root(heads) != last.root


def last_day(zone: tzinfo) -> date | None:
    """The day of the newest checkpoint where the county is; None when there is none."""
    last = CheckpointRow.objects.order_by("-number").first()
    return last.taken_at.astimezone(zone).date() if last else None


def _alone() -> None:
    """Let two processes take their numbers one after the other; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {CheckpointRow._meta.db_table} IN EXCLUSIVE MODE")


def _first_line(taken: Checkpoint, key: Ed25519PrivateKey) -> str:
    data = {"checkpoint": json.loads(taken.message()), "signature": taken.signature, "key": _public(key)}
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def check_checkpoints(home: Path) -> Iterator[Finding]:
    """What does not hold of the checkpoints: their chain, their signatures, and the heads of the newest."""
    rows = [_checkpoint(row) for row in CheckpointRow.objects.order_by("number")]
    known = {_file(home, row.number).name for row in rows}
    for path in sorted((home / "checkpoints").glob("*.jsonl")):
        if path.name not in known:
            yield Finding("store.E325", Level.ERROR, f"checkpoints/{path.name}", "这个检查点在数据库里已经没有了。")
    if not rows:
        return
    if not (home / KEY_FILE).is_file():
        yield Finding("store.E326", Level.ERROR, KEY_FILE, "签署检查点的密钥文件不在，无法核对签名。", "请从备份取回。")
        return
    fault = broken_checkpoint(rows, _key(home).public_key())
    if fault:
        yield _error("store.E321", fault[0], fault[1])
        return
    yield from _check_heads(home, rows[-1])


def _check_heads(home: Path, newest: Checkpoint) -> Iterator[Finding]:
    path = _file(home, newest.number)
    if not path.is_file():
        yield _error("store.E322", newest, f"检查点文件不在：checkpoints/{path.name}。")
        return
    heads = [StreamHead(*json.loads(line)) for line in path.read_text("utf-8").splitlines()[1:]]
    if merkle_root(heads) != newest.root or len(heads) != newest.streams:
        yield _error("store.E323", newest, "检查点文件里的流首与根不符。")
        return
    known = {(stream, version): digest for stream, version, digest in _hashes(heads)}
    for head in heads:
        if known.get((head.stream, head.version)) != head.hash:
            yield _error("store.E324", newest, f"检查点里的事实{head.stream}@{head.version}不见了，或者被改过。")


def _hashes(heads: list[StreamHead]) -> Iterator[tuple[str, int, str]]:
    for start in range(0, len(heads), 500):
        streams = [head.stream for head in heads[start : start + 500]]
        yield from FactRow.objects.filter(stream__in=streams).values_list("stream", "version", "hash")


def _checkpoint(row: CheckpointRow) -> Checkpoint:
    return Checkpoint(row.number, row.taken_at.astimezone(UTC), row.streams, row.root, row.previous, row.signature)


def _file(home: Path, number: int) -> Path:
    return home / "checkpoints" / f"{number:05d}.jsonl"


def _key(home: Path) -> Ed25519PrivateKey:
    path = home / KEY_FILE
    if not path.exists():
        key = Ed25519PrivateKey.generate()
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key.private_bytes_raw().hex().encode())
        return key
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text("ascii").strip()))


def _public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def _error(identity: str, checkpoint: Checkpoint, message: str) -> Finding:
    return Finding(identity, Level.ERROR, f"第{checkpoint.number}号检查点", message)
