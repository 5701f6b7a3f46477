"""The verifier that is shipped apart: RFC 8032's vectors, and every way in which a ledger can be tampered with."""

from __future__ import annotations

import ast
import importlib.util
import json
import sys
from datetime import UTC, date, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.ledger.checkpoint import Checkpoint, StreamHead, merkle_root, signed
from luoshi.ledger.fact import Fact, digest, instant

# RFC 8032 §7.1, tests 1, 2 and 3: public key, message, signature
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]
KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)


@pytest.fixture(scope="module")
def verifier(root):
    spec = importlib.util.spec_from_file_location("verify_ledger", root / "verifier" / "verify_ledger.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_the_published_signatures_hold_and_no_other(verifier, key, message, signature):
    key, message, signature = map(bytes.fromhex, (key, message, signature))
    assert verifier.is_signed(key, message, signature)
    assert not verifier.is_signed(key, message + b"x", signature)
    assert not verifier.is_signed(key, message, signature[:-1] + bytes([signature[-1] ^ 1]))
    assert not verifier.is_signed(key, message, bytes([signature[0] ^ 1]) + signature[1:])
    assert not verifier.is_signed(VECTORS[1][0].encode(), message, signature)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80))
@settings(max_examples=25, deadline=None)
def test_it_agrees_with_the_library_that_signs(verifier, seed, message):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert verifier.is_signed(public, message, signature)
    assert not verifier.is_signed(public, message + b"\0", signature)


def test_a_signature_whose_scalar_is_too_large_is_refused(verifier):
    key, message, signature = map(bytes.fromhex, VECTORS[1])
    larger = (int.from_bytes(signature[32:], "little") + verifier.L).to_bytes(32, "little")
    assert not verifier.is_signed(key, message, signature[:32] + larger)


def _facts():
    found = []
    for stream in ("task:1", "task:2", "report:1"):
        before = ""
        for version in range(1, 4):
            bare = Fact(
                stream, version, "task.opened", "zhang", "bureau", "a-1", date(2023, 9, version),
                datetime(2023, 9, version, 8, tzinfo=UTC), json.dumps({"values": {"text": "十五亿元"}}, ensure_ascii=False), before, "",
            )  # fmt: skip
            before = digest(bare)
            found.append({**{name: getattr(bare, name) for name in bare.__slots__}, "hash": before})
    return [
        {**fact, "occurred_on": fact["occurred_on"].isoformat(), "recorded_at": instant(fact["recorded_at"])}
        for fact in found
    ]


@pytest.fixture
def exported(tmp_path):
    facts, folder = _facts(), tmp_path / "checkpoints"
    folder.mkdir()
    before = ""
    for number, count in ((1, 6), (2, 9)):
        heads = {fact["stream"]: StreamHead(fact["stream"], fact["version"], fact["hash"]) for fact in facts[:count]}
        taken = signed(
            Checkpoint(number, datetime(2023, 9, 30, tzinfo=UTC), len(heads), merkle_root(heads.values()), before), KEY
        )
        before = taken.digest()
        public = KEY.public_key().public_bytes_raw().hex()
        first = json.dumps({"checkpoint": json.loads(taken.message()), "signature": taken.signature, "key": public})
        lines = [json.dumps([head.stream, head.version, head.hash]) for head in heads.values()]
        (folder / f"{number:05d}.jsonl").write_text("\n".join([first, *lines]) + "\n", "utf-8")
    _write(tmp_path, facts)
    return tmp_path


def _write(folder, facts):
    (folder / "facts.jsonl").write_text("".join(json.dumps(fact, ensure_ascii=False) + "\n" for fact in facts), "utf-8")


def _run(verifier, folder, capsys, *more):
    code = verifier.main([str(folder / "facts.jsonl"), str(folder / "checkpoints"), *more])
    return code, capsys.readouterr().out


def test_an_honest_ledger_holds(verifier, exported, capsys):
    key = KEY.public_key().public_bytes_raw().hex()
    assert _run(verifier, exported, capsys, "--key", key) == (
        0,
        "事实 facts 9，条目 streams 3，检查点 checkpoints 2，差错 faults 0\n",
    )


def test_another_key_is_noticed(verifier, exported, capsys):
    code, said = _run(verifier, exported, capsys, "--key", VECTORS[0][0])
    assert code == 1
    assert "由另一把密钥签署" in said


def _changed(facts):
    facts[4]["payload"] = facts[4]["payload"].replace("十五", "十六")


def _changed_and_hashed_again(facts):
    _changed(facts)
    facts[4]["hash"] = digest(
        Fact(
            **{
                **facts[4],
                "occurred_on": date.fromisoformat(facts[4]["occurred_on"]),
                "recorded_at": datetime.fromisoformat(facts[4]["recorded_at"]),
            }
        )
    )


def _cut(facts):
    del facts[8]


def _dropped(facts):
    del facts[3:6]


def _turned(facts):
    facts[0], facts[1] = facts[1], facts[0]


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (_changed, "task:2@2（第5行）：内容与其哈希不符"),
        (_changed_and_hashed_again, "task:2@3（第6行）：与前一条事实不相接"),
        (_cut, "事实report:1@3不见了或被改过"),
        (_dropped, "事实task:2@3不见了或被改过"),
        (_turned, "task:1@2（第1行）：版本应为1"),
    ],
)
def test_each_way_of_tampering_is_named(verifier, exported, capsys, tamper, said):
    facts = _facts()
    tamper(facts)
    _write(exported, facts)
    code, told = _run(verifier, exported, capsys)
    assert code == 1
    assert said in told


def test_a_checkpoint_that_was_changed_or_left_out_is_named(verifier, exported, capsys):
    first = exported / "checkpoints" / "00001.jsonl"
    honest = first.read_text("utf-8")
    first.write_text(honest.replace('"streams": "2"', '"streams": "3"'), "utf-8")
    assert "签名不符" in _run(verifier, exported, capsys)[1]
    first.unlink()
    code, said = _run(verifier, exported, capsys)
    assert code == 1
    assert "编号应为1" in said


def test_a_file_that_cannot_be_read_or_is_none_is_said(verifier, exported, capsys):
    (exported / "facts.jsonl").write_text("not json\n{}\n", "utf-8")
    code, said = _run(verifier, exported, capsys)
    assert code == 1
    assert "第1行不是一条事实" in said
    assert verifier.main([str(exported / "nothing"), str(exported)]) == 2


def test_it_needs_the_standard_library_only(root):
    tree = ast.parse((root / "verifier" / "verify_ledger.py").read_text("utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert imported <= {"__future__", *sys.stdlib_module_names}
