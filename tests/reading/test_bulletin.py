"""Whole bulletins and progress tables."""

from pathlib import Path

import pytest

from luoshi.document import load
from luoshi.reading.bulletin import read_progress, row_statements
from luoshi.reading.decomposition import read_decompositions

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
TABLE = (
    "某局2023年一季度落实情况统计表\n序号 | 牵头单位 | 工作任务 | 目前完成情况 | 完成进度(%)\n"
    "12 | 县水利局 | 56.新建泵站30座 | 2023年以来，已新建泵站27座。下一步，争取完成投资3亿元。 | 90%\n"
    "13 | 县住建局 | 57.改造管网12公里 | 已完成 | \n"
)


def document(text):
    return load(text.encode(), "甲.txt")


def test_a_statement_keeps_the_number_of_the_item_it_names_and_of_the_task_around_it():
    text = "一、进展\n7.利用外资（第12项）：实际到资3.7亿美元，完成年度目标的53.3%。\n"
    (one,) = read_progress(document(text), 2023)
    assert (one.item, one.task) == (12, 7)


def test_the_task_column_of_a_table_is_no_progress():
    read = read_progress(document(TABLE), 2023)
    assert [str(one.amount.value) for one in read if one.amount] == ["27"]


def test_a_row_says_what_its_progress_columns_hold():
    file = document(TABLE)
    first, second = read_decompositions(file, 2023)[0].rows
    amount, rate = row_statements(first, file.text, 2023)
    assert (str(amount.amount.value), amount.task) == ("27", 56)
    assert (str(rate.share.value), rate.words(file.text)) == ("90", "56.新建泵站30座")
    (done,) = row_statements(second, file.text, 2023)
    assert (done.state.state, done.words(file.text)) == ("done", "57.改造管网12公里")


@pytest.mark.shared
@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs ../shared/corpus")
def test_the_progress_documents_of_the_corpus_are_read():
    count = 0
    for path in sorted(CORPUS.glob("[dp]*/*.txt")):
        file = load(path.read_bytes(), path.name)
        for one in read_progress(file, 2023):
            assert one.span.end <= len(file.text)
            count += path.parent.name == "progress"
    assert count >= 120
