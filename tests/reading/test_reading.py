"""The whole reading: what always holds, on invented text and on the documents kept beside the checkout."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.document import load
from luoshi.reading import read
from luoshi.reading.coverage import coverage

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
EXAMPLE = ROOT / "examples" / "xinchang-2023" / "document.txt"
DIGITS = re.compile("[0-9０-９]+")


def check(document):
    """Spans quote the text; every digit run lies in one mention span, or in an excluded region."""
    reading = read(document)
    text = document.text
    for one in (*reading.mentions, *reading.commitments):
        assert text[one.start : one.end] == one.quote
        assert one.sentence[0] <= one.start < one.end <= one.sentence[1]
        assert all(0 <= start <= end <= len(text) for _, start, end in one.steps)
    holders = [0] * (len(text) + 1)
    for start, end in {(one.start, one.end) for one in reading.mentions}:
        for index in range(start, end):
            holders[index] += 1
    for region in document.regions:
        for index in range(region.span.start, region.span.end):
            holders[index] += 1
    for digits in DIGITS.finditer(text):
        assert {holders[index] for index in range(*digits.span())} == {1}, text[digits.start() - 9 : digits.end() + 9]
    return reading


def test_the_example_is_read_with_every_digit_accounted_for():
    reading = check(load(EXAMPLE.read_bytes(), EXAMPLE.name))
    assert len(reading.document.tasks) == 40
    assert len(reading.targets) == 93
    assert len(reading.commitments) > 180


def test_targets_know_their_task_and_area():
    reading = read(load(EXAMPLE.read_bytes(), EXAMPLE.name))
    (jobless,) = [one for one in reading.targets if "失业率" in one.indicator]
    assert (jobless.task, jobless.area, jobless.comparator, str(jobless.value)) == (26, 2, "<=", "3")


def test_mentions_and_commitments_are_in_text_order():
    reading = read(load(EXAMPLE.read_bytes(), EXAMPLE.name))
    assert [one.start for one in reading.mentions] == sorted(one.start for one in reading.mentions)
    assert [one.start for one in reading.commitments] == sorted(one.start for one in reading.commitments)


def test_a_document_without_text_gives_an_empty_reading_with_its_finding():
    reading = read(load(b"", "空.txt"))
    assert (reading.mentions, reading.commitments) == ((), ())
    assert [one.id for one in reading.findings] == ["document.E001"]


def test_a_heading_is_no_commitment_of_its_own():
    reading = read(load("(一)工作\n1.深化创新体系建设。建成青石大桥。\n".encode(), "甲.txt"))
    assert [one.object for one in reading.commitments] == ["青石大桥"]


def test_traditional_characters_are_read_and_quoted_as_written():
    text = "(一)產業\n1.做強工業。力爭完成投資8.5億元，新增就業5000人，建成雲嶺大橋。\n"
    reading = check(load(text.encode(), "甲.txt"))
    told = [(one.quote, one.indicator, one.unit, one.modality) for one in reading.targets]
    assert told == [("8.5億元", "完成投资", "亿元", "aspire"), ("5000人", "新增就业", "人", "firm")]
    (bridge,) = reading.commitments
    assert (bridge.quote, bridge.object, bridge.stage) == ("建成雲嶺大橋", "云岭大桥", "complete")


@given(
    st.text(
        alphabet="新增建成力争确保完成分别增长下降达到超过不低于以上以内左右和、，。；：“”（）123４５.%％亿万元个家所亩项其中从到的年月第十两三Ag+-\n",
        max_size=160,
    )
)
def test_any_text_keeps_the_invariants(text):
    check(load(("(一)工作\n" + text).encode(), "甲.txt"))


@pytest.mark.shared
@pytest.mark.parametrize("quarter", range(4))
def test_the_documents_kept_beside_the_checkout_keep_the_invariants_and_nothing_of_them_is_lost(quarter):
    paths = sorted((SHARED / "corpus").glob("*/*.txt"))[quarter::4]
    if not paths:
        pytest.skip("no ../shared/corpus beside this checkout")
    readings = {path.name: check(load(path.read_bytes(), path.name)) for path in paths}
    lost = {name: left for name, reading in readings.items() if (left := coverage(reading).left)}
    assert lost == {}


def score(tool, arguments):
    command = f"{sys.executable} -m luoshi.reading {arguments} {{}}"
    gold = sorted((SHARED / "gold").glob("*.commitments.jsonl" if "commitments" in tool else "*.gold.jsonl"))
    documents = [path.parent / f"{path.name.split('.')[0]}.txt" for path in gold]
    run = [sys.executable, str(SHARED / "tools" / tool), "--run", command, *map(str, documents)]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout


@pytest.mark.shared
def test_complete_f1_on_the_annotated_documents():
    if not (SHARED / "tools").exists():
        pytest.skip("no ../shared/tools beside this checkout")
    found = dict(
        re.findall(r"^(\S+): .*complete F1 ([\d.]+)", score("score_reading.py", "--format jsonl"), re.MULTILINE)
    )
    assert float(found["xinchang-2023"]) >= 0.97
    assert float(found["TOTAL"]) >= 0.96


@pytest.mark.shared
def test_f1_of_commitments_on_the_annotated_documents():
    if not (SHARED / "tools").exists():
        pytest.skip("no ../shared/tools beside this checkout")
    output = score("score_commitments.py", "--format commitments")
    found = dict(re.findall(r"^(\S+): .*  all \d+: \S+ \S+ \S+ \S+ F1 ([\d.]+)", output, re.MULTILINE))
    assert float(found["xinchang-2023"]) >= 0.90
    assert min(float(value) for value in found.values()) >= 0.88


def test_importing_the_reader_brings_in_no_framework_and_no_yaml():
    program = (
        "import sys, luoshi.reading; print([m for m in ('django', 'yaml', 'rich', 'openpyxl') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_module_runs_on_a_file_and_prints_one_line_per_mention():
    run = [sys.executable, "-m", "luoshi.reading", str(EXAMPLE), "--format", "jsonl"]
    done = subprocess.run(run, capture_output=True, text=True, check=True, encoding="utf-8")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {"task", "start", "end", "quote", "role"} <= set(rows[0])


@pytest.mark.parametrize(
    "text", ["（建成1个”", "建成大桥和隧道3个", "新增企业3家、", "5G+", "一二三四五", "“", "1", "，"]
)
def test_text_that_is_no_prose_is_read_with_the_same_care(text):
    check(load(("(一)工作\n" + text * 700).encode(), "甲.txt"))


@pytest.mark.parametrize("unit", ["10类5件", "由1%的", "推进甲厂3万吨乙烯、", "建成1个和创建“甲”等", "分别提高到2%"])
def test_text_without_full_stops_takes_steps_in_proportion_to_its_length(unit):
    def steps(length):
        """Calls of functions, built-in ones included: the same on every machine, however busy it is."""
        document = load(("(一)工作\n" + unit * (length // len(unit))).encode(), "甲.txt")
        counted = 0

        def count(_frame, event, _argument):
            nonlocal counted
            counted += event in {"call", "c_call"}

        sys.setprofile(count)
        try:
            read(document)
        finally:
            sys.setprofile(None)
        return counted

    steps(500)
    assert steps(12_000) < 6 * steps(3_000)  # four times the text; sixteen times would be its square
