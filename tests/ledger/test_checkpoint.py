"""Checkpoints: one root over all streams, signed, chained."""

import dataclasses
import hashlib
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from luoshi.ledger.checkpoint import Checkpoint, StreamHead, broken_checkpoint, is_signed_by, merkle_root, signed

hashes = st.integers(0, 2**256 - 1).map(lambda n: f"{n:064x}")
heads = st.dictionaries(
    st.text(min_size=1, max_size=5), st.tuples(st.integers(1, 99), hashes), min_size=1, max_size=9
).map(lambda streams: [StreamHead(name, version, hash_) for name, (version, hash_) in streams.items()])
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
CHECKPOINT = Checkpoint(7, datetime(2023, 9, 30, 16, tzinfo=UTC), 3, "ab" * 32, "cd" * 32)


def test_the_root_over_nothing_is_the_hash_of_nothing():
    assert merkle_root([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_root_over_three_heads_is_the_hand_calculation():
    a, b, c = (hashlib.sha256(b"\x00" + f'["{s}","1","{s * 2}"]'.encode()).digest() for s in "abc")
    ab = hashlib.sha256(b"\x01" + a + b).digest()  # c has no neighbour and goes up as it is
    assert merkle_root([StreamHead(s, 1, s * 2) for s in "cab"]) == hashlib.sha256(b"\x01" + ab + c).hexdigest()
    assert merkle_root([StreamHead("a", 1, "aa")]) == a.hex()


@given(heads, st.randoms())
def test_the_order_in_which_heads_are_given_does_not_matter(given_heads, random):
    shuffled = list(given_heads)
    random.shuffle(shuffled)
    assert merkle_root(shuffled) == merkle_root(given_heads)


@given(heads, st.data())
def test_any_head_changed_dropped_or_added_changes_the_root(given_heads, data):
    root = merkle_root(given_heads)
    at = data.draw(st.integers(0, len(given_heads) - 1))
    head = given_heads[at]
    others = given_heads[:at] + given_heads[at + 1 :]
    changed = [
        dataclasses.replace(head, version=head.version + 1),
        dataclasses.replace(head, hash=f"{int(head.hash, 16) ^ 1:064x}"),
        dataclasses.replace(head, stream=head.stream + "'"),
    ]
    assert all(merkle_root([*others, other]) != root for other in changed)
    assert merkle_root(others) != root
    assert merkle_root([*given_heads, StreamHead("another stream", 1, head.hash)]) != root


def test_two_heads_of_one_stream_are_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="two heads of a"):
        merkle_root([StreamHead("a", 1, "aa"), StreamHead("b", 1, "aa"), StreamHead("a", 2, "ab")])


def test_the_signature_is_ed25519_as_rfc_8032_describes_it():
    # RFC 8032 §7.1, TEST 2: the one-byte message 72
    secret = Ed25519PrivateKey.from_private_bytes(
        bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    )
    assert (
        secret.public_key().public_bytes_raw().hex()
        == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    )
    assert secret.sign(bytes.fromhex("72")).hex() == (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )


def test_a_signed_checkpoint_is_known_by_its_key_and_by_no_other():
    checkpoint = signed(CHECKPOINT, KEY)
    assert is_signed_by(checkpoint, KEY.public_key())
    assert not is_signed_by(checkpoint, Ed25519PrivateKey.generate().public_key())
    assert not is_signed_by(CHECKPOINT, KEY.public_key())


@pytest.mark.parametrize(
    "change",
    [
        {"number": 8},
        {"taken_at": datetime(2023, 9, 30, 16, 0, 1, tzinfo=UTC)},
        {"streams": 4},
        {"root": "ac" * 32},
        {"previous": "ce" * 32},
        {"signature": "00" * 64},
        {"signature": "not hexadecimal"},
    ],
)
def test_whatever_is_changed_in_it_breaks_the_signature(change):
    assert not is_signed_by(dataclasses.replace(signed(CHECKPOINT, KEY), **change), KEY.public_key())


def test_the_next_checkpoint_names_this_one_with_its_signature():
    checkpoint = signed(CHECKPOINT, KEY)
    assert checkpoint.message() == (
        b'{"number":"7","previous":"' + b"cd" * 32 + b'","root":"' + b"ab" * 32
        + b'","streams":"3","taken_at":"2023-09-30T16:00:00.000000Z"}'
    )  # fmt: skip
    assert checkpoint.digest() == hashlib.sha256(checkpoint.message() + bytes.fromhex(checkpoint.signature)).hexdigest()
    assert checkpoint.digest() != signed(CHECKPOINT, Ed25519PrivateKey.from_private_bytes(bytes(32))).digest()
    assert CHECKPOINT.digest() != checkpoint.digest()


def _chain(length):
    chain = []
    for number in range(1, length + 1):
        bare = Checkpoint(
            number, datetime(2023, 9, number, tzinfo=UTC), number, f"{number:064x}", chain[-1].digest() if chain else ""
        )
        chain.append(signed(bare, KEY))
    return chain


def test_a_chain_of_checkpoints_holds_as_taken():
    assert broken_checkpoint([], KEY.public_key()) is None
    assert broken_checkpoint(_chain(4), KEY.public_key()) is None


@pytest.mark.parametrize(
    ("damage", "number", "words"),
    [
        (lambda chain: chain[1:], 2, "检查点编号应为1，实为2。"),
        (lambda chain: [*chain[:2], *chain[3:]], 4, "检查点编号应为3，实为4。"),
        (lambda chain: [chain[0], *chain], 1, "检查点编号应为2，实为1。"),
        (lambda chain: [chain[0], dataclasses.replace(chain[1], root="00" * 32), *chain[2:]], 2, "签名与内容不符。"),
        # taken again and signed rightly, yet the next one names what stood there before
        (
            lambda chain: [signed(dataclasses.replace(chain[0], streams=9), KEY), *chain[1:]],
            2,
            "与前一个检查点不相接。",
        ),
    ],
)
def test_a_checkpoint_lost_repeated_altered_or_replaced_is_found(damage, number, words):
    checkpoint, said = broken_checkpoint(damage(_chain(4)), KEY.public_key())
    assert (checkpoint.number, said) == (number, words)
