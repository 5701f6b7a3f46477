"""Checkpoints: one signed root over the heads of all streams, chained to the one before (design.md §7)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from luoshi.ledger.fact import canonical, instant


@dataclass(frozen=True, slots=True, order=True)
class StreamHead:
    """流首: the newest fact of one stream."""

    stream: str
    version: int
    hash: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """检查点: what the whole ledger was at a moment; a dropped stream or a cut tail no longer matches."""

    number: int
    taken_at: datetime
    streams: int
    root: str
    previous: str
    signature: str = ""

    def message(self) -> bytes:
        """The bytes that are signed."""
        return canonical(
            {
                "number": str(self.number),
                "taken_at": instant(self.taken_at),
                "streams": str(self.streams),
                "root": self.root,
                "previous": self.previous,
            }
        ).encode()

    def digest(self) -> str:
        """The hash by which the next checkpoint names this one."""
        return hashlib.sha256(self.message() + bytes.fromhex(self.signature)).hexdigest()


def merkle_root(heads: Iterable[StreamHead]) -> str:
    """The Merkle root over the heads, sorted by stream.

    Leaves and inner nodes are hashed with different first bytes (RFC 6962 §2.1), so that no inner node
    passes for a leaf; the root over no heads is the hash of nothing.

    Raises:
        ValueError: two heads of one stream.
    """
    ordered = sorted(heads)
    for before, after in pairwise(ordered):
        if before.stream == after.stream:
            raise ValueError(f"two heads of {after.stream}")
    level = [hashlib.sha256(b"\x00" + _leaf(head)).digest() for head in ordered]
    if not level:
        return hashlib.sha256(b"").hexdigest()
    while len(level) > 1:
        pairs = [level[i : i + 2] for i in range(0, len(level), 2)]
        level = [hashlib.sha256(b"\x01" + b"".join(p)).digest() if len(p) == 2 else p[0] for p in pairs]
    return level[0].hex()


def _leaf(head: StreamHead) -> bytes:
    return canonical([head.stream, str(head.version), head.hash]).encode()


def signed(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> Checkpoint:
    """The checkpoint with its Ed25519 signature."""
    return Checkpoint(
        checkpoint.number, checkpoint.taken_at, checkpoint.streams, checkpoint.root, checkpoint.previous,
        key.sign(checkpoint.message()).hex(),
    )  # fmt: skip


def is_signed_by(checkpoint: Checkpoint, key: Ed25519PublicKey) -> bool:
    """Whether the signature is this key's over exactly this checkpoint."""
    try:
        key.verify(bytes.fromhex(checkpoint.signature), checkpoint.message())
    except (InvalidSignature, ValueError):
        return False
    return True


def broken_checkpoint(checkpoints: Iterable[Checkpoint], key: Ed25519PublicKey) -> tuple[Checkpoint, str] | None:
    """The first checkpoint (in the order of numbers, from 1) that does not hold, and why; None when all do."""
    expected, before = 1, ""
    for checkpoint in checkpoints:
        if checkpoint.number != expected:
            return checkpoint, f"检查点编号应为{expected}，实为{checkpoint.number}。"
        if checkpoint.previous != before:
            return checkpoint, "与前一个检查点不相接。"
        if not is_signed_by(checkpoint, key):
            return checkpoint, "签名与内容不符。"
        expected, before = expected + 1, checkpoint.digest()
    return None
