"""What was accepted leaves as annotation lines; the examiner of readers finds no fault with a right review."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile

import pytest

from luoshi.acts.annotation import annotation_archive, annotation_files
from luoshi.acts.keep_document import keep_document
from luoshi.acts.reshape_proposals import SplitPart, add_proposal, split_proposal, title
from luoshi.acts.review import ACCEPTED, REJECTED
from luoshi.acts.review_proposals import correct_proposal, current_review, decide_proposals, reviewed

PLAN = "999901-2023"


@pytest.fixture
def row(county):
    return county.planned().document()


@pytest.fixture
def context(row, county):
    return county.supervisor(1, 7)


def lines(row, ending):
    row.refresh_from_db()
    text = next(content for name, content in annotation_files(row).items() if name.endswith(ending)).decode()
    return [json.loads(line) for line in text.splitlines()]


def test_nothing_decided_gives_the_text_and_no_lines(row):
    assert list(annotation_files(row)) == [
        "云岭县2023年重点任务.txt", "云岭县2023年重点任务.gold.jsonl", "云岭县2023年重点任务.commitments.jsonl",
    ]  # fmt: skip
    assert lines(row, ".gold.jsonl") == lines(row, ".commitments.jsonl") == []


def test_a_target_has_the_fields_of_the_guide(row, context):
    target = next(p for p in reviewed(row) if "固定资产投资" in title(p))
    decide_proposals(context, row.sha256, [target.id], ACCEPTED)
    start = row.text.index("60亿元以上")
    assert lines(row, ".gold.jsonl") == [
        {
            "task": 1, "start": start, "end": start + 6, "quote": "60亿元以上", "role": "target",
            "indicator": "完成固定资产投资", "value": 60, "unit": "亿元", "comparator": ">=", "basis": "absolute",
            "baseline": None, "modality": "firm",
        }
    ]  # fmt: skip


def test_rejected_and_unseen_proposals_and_tasks_are_left_out(row, context):
    proposals = reviewed(row)
    decide_proposals(context, row.sha256, [p.id for p in proposals], ACCEPTED)
    honour = next(p for p in proposals if p.fields.get("kind") == "honour")
    decide_proposals(context, row.sha256, [honour.id], REJECTED)
    kinds = [line["kind"] for line in lines(row, ".commitments.jsonl")]
    assert "task" not in kinds
    assert len(kinds) == sum(p.list == "task" and p.fields["kind"] != "task" for p in proposals) - 1


def test_every_line_stands_in_the_text_and_in_its_order(row, context):
    whole = next(p for p in reviewed(row) if "园林城市" in title(p))
    split_proposal(
        context, row.sha256, whole.id, [SplitPart("省级", {"name": "省级"}), SplitPart("", {"name": "全部"})]
    )
    row.refresh_from_db()
    decide_proposals(context, row.sha256, [p.id for p in reviewed(row)], ACCEPTED)
    for ending in (".gold.jsonl", ".commitments.jsonl"):
        found = lines(row, ending)
        assert all(row.text[one["start"] : one["end"]] == one["quote"] for one in found)
        assert [one["start"] for one in found] == sorted(one["start"] for one in found)


def test_the_archive_is_the_same_for_the_same_review(row):
    first = annotation_archive(row)
    assert first == annotation_archive(row)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.read("云岭县2023年重点任务.txt").decode() == row.text


def _gold(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _as_annotated(context, row, wanted, name):
    """Review so that exactly the annotated lines stand: accept what agrees, correct what differs, add the rest."""
    field = "indicator" if name == "target" else "name"
    open_ = {}
    for proposal in reviewed(row):
        if proposal.list == name and proposal.fields.get("kind") != "task":
            open_.setdefault((proposal.start, proposal.end), []).append(proposal)
    for line in wanted:
        fields = _fields(line, name)
        here = open_.get((line["start"], line["end"]), [])
        proposal = next((p for p in here if p.fields.get(field) == fields[field]), here[0] if here else None)
        if proposal is None:
            needed = {"kind": "at_least"} if name == "target" else {}
            add_proposal(context, row.sha256, name, line["start"], line["end"], {**needed, **fields})
            continue
        here.remove(proposal)
        typed = {key: value for key, value in fields.items() if value != str(proposal.fields.get(key) or "")}
        if typed:
            correct_proposal(context, row.sha256, proposal.id, typed)
        else:
            decide_proposals(context, row.sha256, [proposal.id], ACCEPTED)
    rest = [proposal.id for here in open_.values() for proposal in here]
    decide_proposals(context, row.sha256, rest, REJECTED)


def _fields(line, name):
    if name == "task":
        kind = "measure" if line["kind"] in {"plan", "reform", "service"} else line["kind"]
        return {
            "name": line["object"],
            "kind": kind,
            "stage": line["stage"] or "",
            "modality": line.get("modality", "firm"),
        }
    fields = {key: str(line[key]) for key in ("indicator", "value", "unit", "comparator", "basis", "modality")}
    return {**fields, "value_max": str(line.get("value_max") or ""), "baseline": line["baseline"] or ""}


@pytest.mark.shared
@pytest.mark.parametrize("stem", ["fuping-2022", "guowuyuan-2025", "xinchang-2023"])
def test_a_right_review_of_an_annotated_document_gets_full_marks(county, root, tmp_path, stem):
    shared = root.parent / "shared"
    if not (shared / "tools" / "score_reading.py").exists():
        pytest.skip("../shared, which holds the annotated documents, is absent")
    county.planned()
    context = county.supervisor(1, 7)
    row, _ = keep_document(context, PLAN, f"{stem}.txt", (shared / "gold" / f"{stem}.txt").read_bytes())
    targets = [line for line in _gold(shared / "gold" / f"{stem}.gold.jsonl") if line["role"] == "target"]
    _as_annotated(context, row, targets, "target")
    scores = [(".gold.jsonl", "score_reading.py", "complete F1 1.000")]
    annotated = shared / "gold" / f"{stem}.commitments.jsonl"
    if annotated.exists():
        _as_annotated(context, row, _gold(annotated), "task")
        scores.append((".commitments.jsonl", "score_commitments.py", "P 1.00 R 1.00 F1 1.000  stage 1.000"))
    row.refresh_from_db()
    assert len(current_review(row).accepted) >= len(targets)
    for ending, tool, full in scores:
        made = tmp_path / f"made{ending}"
        made.write_bytes(annotation_files(row)[f"{stem}{ending}"])
        code = f"import sys; sys.stdout.write(open({str(made)!r}, encoding='utf-8').read())"
        done = subprocess.run(
            [sys.executable, shared / "tools" / tool, "--run", f'{sys.executable} -c "{code}"', shared / "gold" / f"{stem}.txt"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert full in done.stdout, done.stdout + done.stderr
