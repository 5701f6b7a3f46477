"""One-time codes against the vectors of the two RFCs, and what a code may not be used for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.people.one_time_code import STEP, accepted_step, code_at, step_of

KEY = b"12345678901234567890"
KEYS = {
    "sha1": KEY,
    "sha256": b"12345678901234567890123456789012",
    "sha512": b"1234567890123456789012345678901234567890123456789012345678901234",
}


@pytest.mark.parametrize(
    ("counter", "code"),
    list(
        enumerate(["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"])
    ),
)
def test_codes_by_counter_are_those_of_rfc_4226_appendix_d(counter, code):
    assert code_at(KEY, counter) == code


@pytest.mark.parametrize(
    ("seconds", "sha1", "sha256", "sha512"),
    [  # RFC 6238 Appendix B
        (59, "94287082", "46119246", "90693936"),
        (1111111109, "07081804", "68084774", "25091201"),
        (1111111111, "14050471", "67062674", "99943326"),
        (1234567890, "89005924", "91819424", "93441116"),
        (2000000000, "69279037", "90698825", "38618901"),
        (20000000000, "65353130", "77737706", "47863826"),
    ],
)
def test_codes_by_time_are_those_of_rfc_6238_appendix_b(seconds, sha1, sha256, sha512):
    for algorithm, code in (("sha1", sha1), ("sha256", sha256), ("sha512", sha512)):
        assert code_at(KEYS[algorithm], step_of(seconds), 8, algorithm) == code


def test_a_clock_may_be_off_by_one_step_and_no_more():
    code = code_at(KEY, 100)
    at = 100 * STEP
    assert accepted_step(KEY, code, at) == 100
    assert accepted_step(KEY, code, at - STEP) == 100
    assert accepted_step(KEY, code, at + STEP) == 100
    assert accepted_step(KEY, code, at + 2 * STEP) is None
    assert accepted_step(KEY, code, at - STEP - 1) is None


@given(st.integers(1, 10**9))
def test_a_code_is_taken_once_and_none_before_it(step):
    at = step * STEP
    assert accepted_step(KEY, code_at(KEY, step), at, step - 1) in {step, step + 1}
    assert accepted_step(KEY, code_at(KEY, step), at, step + 1) is None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "七五五二二四", "755224 "])
def test_what_is_no_code_is_not_taken(typed):
    assert accepted_step(KEY, typed, 0) is None
