"""统一认证: asking an identity provider who somebody is: authorization code with PKCE (RFC 7636), ID token checked here."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from django.conf import settings

from luoshi.people.id_token import BadIdToken, Expected, claims_of

TIMEOUT = 8
"""Seconds the provider may take for an answer."""
_MOST = 1_000_000


class ProviderTrouble(Exception):
    """The provider does not answer, or with something that is no answer; said in the log, not on the page."""


@dataclass(frozen=True, slots=True)
class Asked:
    """求证: what was sent along with one request, kept in the session until the answer comes."""

    state: str
    nonce: str
    verifier: str


class _Straight(urllib.request.HTTPRedirectHandler):
    """Secrets are sent to the address that was found, and to none it points to."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow nothing."""


def configured() -> Mapping[str, str]:
    """The table ``[openid]`` of the settings; empty when nobody signs in this way."""
    found: Mapping[str, str] = settings.LUOSHI_OPENID
    return found


def asked() -> Asked:
    """Fresh secrets for one request."""
    return Asked(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))


def way_to_provider(one: Asked, back: str) -> str:
    """The address at which the provider asks who it is.

    Raises:
        ProviderTrouble: it cannot be reached.
    """
    challenge = base64.urlsafe_b64encode(hashlib.sha256(one.verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code", "client_id": configured()["client_id"], "redirect_uri": back,
        "scope": "openid profile", "state": one.state, "nonce": one.nonce,
        "code_challenge": challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    address = _endpoint(_discovered(), "authorization_endpoint")
    return f"{address}{'&' if '?' in address else '?'}{urllib.parse.urlencode(query)}"


def who_came(one: Asked, code: str, back: str, now: int) -> str:
    """The account name that the provider vouches for, in exchange for its code.

    Raises:
        ProviderTrouble: it refuses the code, cannot be reached, or vouches for nobody.
        BadIdToken: what it answered is no proof.
    """
    found, chosen = _discovered(), configured()
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": one.verifier,
        "client_id": chosen["client_id"], "client_secret": chosen.get("client_secret", ""),
    }  # fmt: skip
    token = _asked_for(_endpoint(found, "token_endpoint"), form).get("id_token")
    keys = _asked_for(_endpoint(found, "jwks_uri")).get("keys")
    if not isinstance(token, str) or not isinstance(keys, list):
        raise ProviderTrouble("no token or no keys")
    expected = Expected(chosen["issuer"], chosen["client_id"], one.nonce)
    name = claims_of(token, [key for key in keys if isinstance(key, dict)], expected, now).get(
        chosen.get("claim", "preferred_username")
    )
    if not isinstance(name, str) or not name:
        raise ProviderTrouble("no name")
    return name


def _discovered() -> Mapping[str, Any]:
    issuer = configured()["issuer"]
    found = _asked_for(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != issuer:
        raise ProviderTrouble("another issuer")
    return found


def _endpoint(found: Mapping[str, Any], name: str) -> str:
    address = found.get(name)
    if not isinstance(address, str):
        raise ProviderTrouble(f"no {name}")
    return address


def _asked_for(address: str, form: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The JSON object at an address, encrypted unless it is on this very machine."""
    parts = urllib.parse.urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}):
        raise ProviderTrouble("not encrypted")
    body = urllib.parse.urlencode(form).encode() if form is not None else None
    request = urllib.request.Request(address, body, {"Accept": "application/json"})  # noqa: S310 - https, just above
    try:
        with urllib.request.build_opener(_Straight).open(request, timeout=TIMEOUT) as answer:
            found = json.loads(answer.read(_MOST))
    except (OSError, HTTPException, ValueError, urllib.error.URLError) as error:
        raise ProviderTrouble(str(error)) from None
    if not isinstance(found, dict):
        raise ProviderTrouble("no object")
    return found


__all__ = ["Asked", "BadIdToken", "ProviderTrouble", "asked", "configured", "way_to_provider", "who_came"]
