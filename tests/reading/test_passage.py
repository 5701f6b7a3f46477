"""What holds no target and no commitment is kept all the same."""

from luoshi.document import load
from luoshi.reading import read


def kept(text):
    reading = read(load(text.encode(), "甲.txt"))
    return [(one.role, one.task, reading.document.text[one.start : one.end]) for one in reading.passages]


def test_a_vague_clause_is_a_qualitative_measure_of_its_task():
    text = "(一)产业\n1.做强工业。坚持工业强县，建成青石大桥，提升产业能级，新增企业3家。\n"
    assert kept(text) == [
        ("heading", None, "产业"),
        ("heading", 1, "做强工业。"),
        ("measure", 1, "坚持工业强县，"),
        ("measure", 1, "提升产业能级，"),
    ]


def test_neighbouring_vague_clauses_are_one():
    assert kept("(一)产业\n1.做强工业。坚持工业强县，提升产业能级，新增企业3家。\n")[2:] == [
        ("measure", 1, "坚持工业强县，提升产业能级，")
    ]


def test_what_was_done_is_kept_as_the_past():
    text = "一、2023年工作回顾\n新增企业3家，面貌一新。\n二、2024年工作安排\n营造良好氛围。\n"
    assert [(role, words) for role, _, words in kept(text)] == [
        ("past", "2023年工作回顾"),
        ("past", "新增企业3家，面貌一新。"),
        ("heading", "2024年工作安排"),
        ("measure", "营造良好氛围。"),
    ]
