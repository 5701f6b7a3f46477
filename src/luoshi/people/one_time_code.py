"""动态口令: codes of one-time passwords by counter (RFC 4226) and by time (RFC 6238); nothing is kept here."""

from __future__ import annotations

import hashlib
import hmac
import struct

STEP = 30
"""Seconds a code is shown for (RFC 6238 §5.2 recommends 30)."""
DIGITS = 6
"""What authenticators show; RFC 4226 §5.3 asks for at least six."""
WINDOW = 1
"""How many steps a clock may be off either way (RFC 6238 §5.2 allows one for the delay of the network)."""


def code_at(secret: bytes, counter: int, digits: int = DIGITS, algorithm: str = "sha1") -> str:
    """The code of a counter: HOTP(K, C), RFC 4226 §5.3.

    Args:
        secret: the shared key, 20 bytes for SHA-1.
        counter: for codes by time, the number of the step.
        digits: how many, 6 to 8.
        algorithm: sha1, sha256 or sha512 (RFC 6238 §1.2).
    """
    digest = hmac.new(secret, struct.pack(">Q", counter), getattr(hashlib, algorithm)).digest()
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def step_of(seconds: int) -> int:
    """The step in which a second since 1970-01-01T00:00Z falls."""
    return seconds // STEP


def accepted_step(secret: bytes, code: str, seconds: int, last_used: int = -1) -> int | None:
    """The step whose code was typed, or None; a step is taken once, and none before it afterwards (RFC 6238 §5.2).

    Args:
        seconds: the time, in seconds since 1970-01-01T00:00Z.
        last_used: the step taken last; -1 when none was.
    """
    now = step_of(seconds)
    found = None
    for step in range(max(0, now - WINDOW), now + WINDOW + 1):
        is_same = hmac.compare_digest(code_at(secret, step).encode(), code.encode())
        if is_same and step > last_used and found is None:
            found = step
    return found
