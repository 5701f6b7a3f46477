"""A token proves who signed in only when everything about it is right."""

import hashlib
import hmac
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.people.id_token import BadIdToken, Expected, claims_of

sys.path.insert(0, str(Path(__file__).parent))  # tokens.py

from tokens import KEY, OTHER_KEY, SHORT_KEY, jwk, part, signed

NOW = 1_700_000_000
WANTED = Expected("https://id.example", "luoshi", "n-1")
CLAIMS = {
    "iss": "https://id.example", "aud": "luoshi", "nonce": "n-1", "exp": NOW + 300, "iat": NOW,
    "preferred_username": "wang",
}  # fmt: skip


def _refused(token, keys=None, now=NOW, expected=WANTED):
    with pytest.raises(BadIdToken) as refused:
        claims_of(token, [jwk()] if keys is None else keys, expected, now)
    return str(refused.value)


def test_a_right_token_says_who_signed_in():
    assert claims_of(signed(CLAIMS), [jwk(OTHER_KEY, "k0"), jwk()], WANTED, NOW)["preferred_username"] == "wang"
    several = {**CLAIMS, "aud": ["luoshi", "other"], "azp": "luoshi"}
    assert claims_of(signed(several), [jwk(use="sig", alg="RS256")], WANTED, NOW)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"iss": "https://id.example/"}, "another issuer"),
        ({"iss": None}, "another issuer"),
        ({"aud": "other"}, "for another client"),
        ({"aud": []}, "for another client"),
        ({"aud": ["luoshi", "other"]}, "another authorised party"),
        ({"azp": "other"}, "another authorised party"),
        ({"nonce": "n-2"}, "another nonce"),
        ({"nonce": None}, "another nonce"),
        ({"exp": NOW - 61}, "expired"),
        ({"exp": None}, "without times"),
        ({"exp": True}, "without times"),
        ({"exp": "9999999999"}, "without times"),
        ({"iat": NOW - 601}, "issued at another time"),
        ({"iat": NOW + 61}, "issued at another time"),
    ],
)
def test_a_token_that_is_not_for_this_request_is_none(change, why):
    assert _refused(signed({**CLAIMS, **change})) == why


def test_no_other_algorithm_is_taken():
    """``none``, and the public key taken for a shared secret, are the known ways around a signature."""
    bare = f"{part({'alg': 'none'})}.{part(CLAIMS)}."
    assert _refused(bare) == "not signed with RS256"
    text = f"{part({'alg': 'HS256', 'kid': 'k1'})}.{part(CLAIMS)}"
    shared = hmac.new(jwk()["n"].encode(), text.encode(), hashlib.sha256).digest()
    assert _refused(f"{text}.{part(shared)}") == "not signed with RS256"
    assert _refused(signed(CLAIMS, crit=["b64"])) == "no signed token"


def test_no_other_key_is_taken():
    assert _refused(signed(CLAIMS, OTHER_KEY)) == "wrong signature"
    assert _refused(signed(CLAIMS, kid="k9")) == "unknown key"
    assert _refused(signed(CLAIMS), []) == "unknown key"
    assert _refused(signed(CLAIMS), [jwk(), jwk(OTHER_KEY)]) == "unknown key"  # two of one name
    assert _refused(signed(CLAIMS), [jwk(use="enc")]) == "unknown key"
    assert _refused(signed(CLAIMS, SHORT_KEY), [jwk(SHORT_KEY)]) == "short key"
    assert _refused(signed(CLAIMS), [{**jwk(), "n": "", "e": ""}]) == "broken key"


def test_what_was_altered_is_not_taken():
    head, _, signature = signed(CLAIMS).split(".")
    assert _refused(f"{head}.{part({**CLAIMS, 'preferred_username': 'admin'})}.{signature}") == "wrong signature"
    assert _refused(f"{head}.{part(CLAIMS)}.") == "wrong signature"


def test_nothing_is_expected_of_an_empty_setting():
    empty = {**CLAIMS, "iss": "", "aud": "", "nonce": ""}
    assert _refused(signed(empty), expected=Expected("", "", "")) == "another issuer"


@given(st.text(max_size=60) | st.binary(max_size=40).map(lambda raw: f"{part(raw)}.{part(raw)}.{part(raw)}"))
def test_whatever_else_is_sent_is_refused_and_breaks_nothing(text):
    assert _refused(text)


def test_the_key_of_the_tests_is_long_enough():
    assert KEY.key_size == 2048
