#!/usr/bin/env python3
"""Checks an exported Luoshi ledger without Luoshi: one file, the standard library only, Python 3.9 or later.

    luoshi export --what facts -o facts.jsonl        (in the county)
    python3 verify_ledger.py facts.jsonl CHECKPOINTS [--key HEX]

CHECKPOINTS is the folder LUOSHI_HOME/checkpoints (or a copy kept outside, which is the point of it). ``--key``
is the public key you were given when the county began; without it the key inside the checkpoints is believed,
which proves only that they fit together. Ends with 0 when all holds, 1 when something does not, 2 when a file
cannot be read. What it does not check: evidence files, and whether a fact was true when it was written.

Ed25519 is that of RFC 8032 §5.1.7, in a few slow lines, so that nobody has to trust a library.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any, Iterable, Iterator, Optional

ENVELOPE = (
    "stream",
    "version",
    "kind",
    "actor",
    "body",
    "act_id",
    "occurred_on",
    "recorded_at",
    "payload",
    "prev_hash",
)

Point = tuple[int, int, int, int]

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def _plus(a: Point, b: Point) -> Point:
    """Two points of the curve in extended coordinates (RFC 8032 §5.1.4)."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    x, y, z, w = f - e, h - g, h + g, f + e
    return x * y % P, z * w % P, y * z % P, x * w % P


def _times(number: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = _plus(found, point)
        point, number = _plus(point, point), number >> 1
    return found


def _same(a: Point, b: Point) -> bool:
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def _point(data: bytes) -> Optional[Point]:
    """The point these 32 bytes stand for, or None (RFC 8032 §5.1.3)."""
    written = int.from_bytes(data, "little")
    sign, y = written >> 255, written & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


_BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is the key's over the message (Ed25519)."""
    if len(key) != 32 or len(signature) != 64 or _BASE is None:
        return False
    owner, nonce = _point(key), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if owner is None or nonce is None or scalar >= L:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    return _same(_times(scalar, _BASE), _plus(nonce, _times(challenge, owner)))


def canonical(data: Any) -> bytes:
    """JSON with sorted keys and no spaces, as the ledger hashes it."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fact_hash(fact: dict[str, Any]) -> str:
    """The hash a fact must have: over everything it says and the hash before it."""
    return hashlib.sha256(canonical({name: str(fact[name]) for name in ENVELOPE})).hexdigest()


def merkle_root(heads: Iterable[tuple[str, int, str]]) -> str:
    """The root over (stream, version, hash), sorted by stream, with RFC 6962's marks for leaves and nodes."""
    level = [hashlib.sha256(b"\x00" + canonical([s, str(v), h])).digest() for s, v, h in sorted(heads)]
    if not level:
        return hashlib.sha256(b"").hexdigest()
    while len(level) > 1:
        pairs = [level[i : i + 2] for i in range(0, len(level), 2)]
        level = [hashlib.sha256(b"\x01" + b"".join(p)).digest() if len(p) == 2 else p[0] for p in pairs]
    return level[0].hex()


def check_facts(lines: Iterable[str], known: dict[tuple[str, int], str]) -> Iterator[str]:
    """What is wrong with the chains; fills ``known`` with (stream, version) → hash."""
    last: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            fact = json.loads(line)
            stream, version, digest = str(fact["stream"]), int(fact["version"]), str(fact["hash"])
            wanted = fact_hash(fact)
        except (ValueError, KeyError, TypeError):
            yield f"第{number}行不是一条事实。 Line {number} is no fact."
            continue
        before = last.get(stream, (0, ""))
        where = f"{stream}@{version}（第{number}行）"
        if digest != wanted:
            yield f"{where}：内容与其哈希不符。 Its content does not match its hash."
        elif version != before[0] + 1:
            yield f"{where}：版本应为{before[0] + 1}。 Version {before[0] + 1} was expected."
        elif str(fact["prev_hash"]) != before[1]:
            yield f"{where}：与前一条事实不相接。 It does not follow the fact before it."
        last[stream] = (version, digest)
        known[stream, version] = digest


def check_checkpoint(
    path: Path, before: str, number: int, key: str, known: dict[tuple[str, int], str]
) -> tuple[str, list[str]]:
    """The hash by which the next checkpoint names this one, and what is wrong with it."""
    try:
        first, *lines = path.read_text("utf-8").splitlines()
        data = json.loads(first)
        taken, signature = data["checkpoint"], bytes.fromhex(data["signature"])
        heads = [(str(s), int(v), str(h)) for s, v, h in map(json.loads, lines)]
        signer = key or str(data["key"])
    except (OSError, ValueError, KeyError, TypeError):
        return "", [f"{path.name}：不是检查点文件。 It is no checkpoint."]
    message, wrong = canonical(taken), []
    if taken.get("number") != str(number):
        wrong.append(f"{path.name}：编号应为{number}。 Number {number} was expected.")
    if taken.get("previous") != before:
        wrong.append(f"{path.name}：与前一个检查点不相接。 It does not follow the checkpoint before it.")
    if key and str(data.get("key", "")).lower() != key.lower():
        wrong.append(f"{path.name}：由另一把密钥签署。 It names another key.")
    if not is_signed(_bytes(signer), message, signature):
        wrong.append(f"{path.name}：签名不符。 Its signature does not hold.")
    if merkle_root(heads) != taken.get("root") or str(len(heads)) != taken.get("streams"):
        wrong.append(f"{path.name}：条目清单与根不符。 Its heads do not match its root.")
    gone = [f"{stream}@{version}" for stream, version, digest in heads if known.get((stream, version)) != digest]
    wrong += [f"{path.name}：事实{name}不见了或被改过。 Fact {name} is gone or was changed." for name in gone]
    return hashlib.sha256(message + signature).hexdigest(), wrong


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def main(arguments: Optional[list[str]] = None) -> int:
    """Check the files named; print what does not hold."""
    parser = argparse.ArgumentParser(description="Verify an exported ledger.")
    parser.add_argument("facts", type=Path)
    parser.add_argument("checkpoints", type=Path)
    parser.add_argument("--key", default="", help="the public key, 64 hexadecimal digits")
    asked = parser.parse_args(arguments)
    known: dict[tuple[str, int], str] = {}
    try:
        with asked.facts.open(encoding="utf-8") as lines:
            wrong = list(check_facts(lines, known))
        paths = sorted(asked.checkpoints.glob("*.jsonl"))
    except (OSError, UnicodeDecodeError) as error:
        print(f"读不了 Cannot read: {error}", file=sys.stderr)
        return 2
    before = ""
    for number, path in enumerate(paths, 1):
        before, found = check_checkpoint(path, before, number, asked.key, known)
        wrong += found
    if not paths:
        wrong.append("没有检查点。 There are no checkpoints.")
    for line in wrong[:50]:
        print(line)
    streams = len({stream for stream, _ in known})
    print(f"事实 facts {len(known)}，条目 streams {streams}，检查点 checkpoints {len(paths)}，差错 faults {len(wrong)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
