"""The form of a data file: line, word and advice for each mistake."""

from __future__ import annotations

import pytest

from luoshi.lists.written import read_written

GOOD = "list: a\nentries:\n  - id: x\n    moves:\n      - {move: open, on: '2023-01-01'}\n"


def test_what_is_rightly_written_has_no_findings():
    written, findings = read_written(GOOD, "f.yaml", "example.json")
    assert findings == ()
    assert written.data["list"] == "a"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("moves:", "move:"), "f.yaml:4 entries.0里没有“move”这个词。是否应为“moves”？"),
        (GOOD.replace("list: a\n", ""), "缺少“list”"),
        (GOOD.replace("'2023-01-01'", "[]"), "f.yaml:5 entries.0.moves.0.on写得不对：得到“列表”。应为文字。"),
        (GOOD.replace("[a", "[").replace("list: a", "list: a\nlist: b"), "f.yaml:2"),
        (GOOD.replace("id: x", "id: 山塘"), "写得不对：得到“山塘”"),
    ],
)
def test_each_mistake_has_its_line_and_its_word(text, said):
    findings = read_written(text, "f.yaml", "example.json")[1]
    assert said in " ".join(map(str, findings))
