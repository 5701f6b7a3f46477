"""身份令牌: checking the signed statement by which an identity provider says who signed in (OpenID Connect Core 1.0 §3.1.3.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jwt
from jwt.types import Options

LEEWAY = 60
"""Seconds the provider's clock may differ."""
OLDEST = 600
"""Seconds after which a token that was issued earlier is not taken, whatever it says of its end."""
SHORTEST = 2048
"""Bits of a key that is taken (RFC 7518 §3.3)."""
_MOST = 16_000
_ALGORITHM = "RS256"
_OPTIONS: Options = {
    "verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False, "verify_iss": False,
}  # fmt: skip
"""The signature only: what is claimed is asked here, where the instant comes in as an argument."""


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
    if len(token) > _MOST:
        raise BadIdToken("no signed token")
    try:
        head = jwt.get_unverified_header(token)
        if head.get("alg") != _ALGORITHM:
            raise BadIdToken("not signed with RS256")
        key = _key(keys, head.get("kid"))
        claims: dict[str, Any] = jwt.decode(token, key, [_ALGORITHM], _OPTIONS)
    except jwt.InvalidSignatureError:
        raise BadIdToken("wrong signature") from None
    except (jwt.PyJWTError, RecursionError):
        raise BadIdToken("no signed token") from None
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


def _key(keys: Sequence[Mapping[str, Any]], wanted: object) -> jwt.PyJWK:
    """The signing key of this name, or the only one there is when the token names none."""
    signing = [
        key for key in keys
        if key.get("kty") == "RSA" and key.get("use", "sig") == "sig" and key.get("alg", _ALGORITHM) == _ALGORITHM
    ]  # fmt: skip
    named = [key for key in signing if wanted is None or key.get("kid") == wanted]
    if len(named) != 1:
        raise BadIdToken("unknown key")
    try:
        found = jwt.PyJWK(dict(named[0]), _ALGORITHM)
    except (jwt.PyJWTError, ValueError):
        raise BadIdToken("broken key") from None
    if found.key.key_size < SHORTEST:
        raise BadIdToken("short key")
    return found
