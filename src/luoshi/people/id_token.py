"""身份令牌: checking the signed statement by which an identity provider says who signed in (OpenID Connect Core 1.0 §3.1.3.7)."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

LEEWAY = 60
"""Seconds the provider's clock may differ."""
OLDEST = 600
"""Seconds after which a token that was issued earlier is not taken, whatever it says of its end."""
SHORTEST = 2048
"""Bits of a key that is taken (RFC 7518 §3.3)."""
_MOST = 16_000


class BadIdToken(ValueError):
    """The token does not prove who signed in; the message says why, for the log and not for the page."""


@dataclass(frozen=True, slots=True)
class Expected:
    """所求: the provider that must have signed, the client it was signed for, and the nonce of this very request."""

    issuer: str
    client: str
    nonce: str


def claims_of(token: str, keys: Sequence[Mapping[str, Any]], expected: Expected, now: int) -> dict[str, Any]:
    """What the provider says of who signed in.

    Args:
        keys: the provider's key set, as JSON Web Keys.
        now: seconds since 1970-01-01T00:00Z.

    Raises:
        BadIdToken: another algorithm than RS256 (so never ``none`` nor a shared secret), an unknown key, a wrong
            signature, another issuer, client or nonce, or a time that does not fit.
    """
    parts = token.split(".")
    if len(parts) != 3 or len(token) > _MOST:
        raise BadIdToken("no signed token")
    head, claims = _object(parts[0]), _object(parts[1])
    if head.get("alg") != "RS256" or "crit" in head:
        raise BadIdToken("not signed with RS256")
    key = _key(keys, head.get("kid"))
    try:
        key.verify(_bytes(parts[2]), f"{parts[0]}.{parts[1]}".encode("ascii", "replace"), PKCS1v15(), SHA256())
    except InvalidSignature:
        raise BadIdToken("wrong signature") from None
    _require_ours(claims, expected)
    _require_in_time(claims, now)
    return claims


def _require_ours(claims: Mapping[str, Any], expected: Expected) -> None:
    audience = claims.get("aud")
    clients = audience if isinstance(audience, list) else [audience]
    if not expected.issuer or claims.get("iss") != expected.issuer:
        raise BadIdToken("another issuer")
    if not expected.client or expected.client not in clients:
        raise BadIdToken("for another client")
    if (len(clients) > 1 or "azp" in claims) and claims.get("azp") != expected.client:
        raise BadIdToken("another authorised party")
    if not expected.nonce or claims.get("nonce") != expected.nonce:
        raise BadIdToken("another nonce")


def _require_in_time(claims: Mapping[str, Any], now: int) -> None:
    ends, issued = claims.get("exp"), claims.get("iat")
    for moment in (ends, issued):
        if isinstance(moment, bool) or not isinstance(moment, int | float):
            raise BadIdToken("without times")
    if not now - LEEWAY < ends:  # type: ignore[operator]
        raise BadIdToken("expired")
    if not now - OLDEST <= issued <= now + LEEWAY:  # type: ignore[operator]
        raise BadIdToken("issued at another time")


def _key(keys: Sequence[Mapping[str, Any]], wanted: object) -> RSAPublicKey:
    """The signing key of this name, or the only one there is when the token names none."""
    signing = [
        key for key in keys
        if key.get("kty") == "RSA" and key.get("use", "sig") == "sig" and key.get("alg", "RS256") == "RS256"
    ]  # fmt: skip
    named = [key for key in signing if wanted is None or key.get("kid") == wanted]
    if len(named) != 1:
        raise BadIdToken("unknown key")
    numbers = (int.from_bytes(_bytes(str(named[0].get(part, "")))) for part in ("e", "n"))
    try:
        found = RSAPublicNumbers(*numbers).public_key()
    except ValueError:
        raise BadIdToken("broken key") from None
    if found.key_size < SHORTEST:
        raise BadIdToken("short key")
    return found


def _object(part: str) -> dict[str, Any]:
    try:
        found = json.loads(_bytes(part))
    except (ValueError, RecursionError):
        raise BadIdToken("no JSON") from None
    if not isinstance(found, dict):
        raise BadIdToken("no object")
    return found


def _bytes(part: str) -> bytes:
    try:
        return base64.b64decode(part.encode("ascii") + b"=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise BadIdToken("no base64") from None
