"""Clauses as verbs, object and what is done to the object."""

import pytest

from luoshi.reading.promise import parse


def read(text):
    return parse(text, 0, len(text))


@pytest.mark.parametrize(
    ("text", "verb", "thing", "tail"),
    [
        ("加快青石航道建设", "加快", "青石航道", "建设"),
        ("持续深入推进青石航道建设", "推进", "青石航道", "建设"),
        ("探索建立林长制度", "建立", "林长制度", ""),
        ("年内完成青石航道建设", "完成", "青石航道", "建设"),
    ],
)
def test_adverbs_go_and_the_last_verb_of_a_chain_counts(text, verb, thing, tail):
    promise = read(text)
    assert (promise.verb, promise.object, promise.tail) == (verb, thing, tail)


def test_a_stage_at_the_end_is_read():
    promise = read("推动青石航道尽早开工建设")
    assert (promise.object, promise.stage) == ("青石航道", "start")


def test_a_subject_with_a_predicate_is_a_promise():
    promise = read("青石药业年内投产")
    assert (promise.object, promise.stage, promise.verbs) == ("青石药业", "complete", ())


def test_aspiration_is_kept():
    assert read("力争建成青石航道").aspire
    assert not read("建成青石航道").aspire


def test_a_clause_without_verb_or_stage_promises_nothing():
    assert read("抓落实是生命线") is None


@pytest.mark.parametrize(
    ("text", "verb", "thing"),
    [
        ("推进启动区、起步区建设", "推进", "启动区、起步区"),
        ("完成云溪改造任务", "完成", "云溪改造"),
        ("完成各项改造任务", "完成", "各项改造任务"),
        ("布局建设云溪换电站", "建设", "云溪换电站"),
    ],
)
def test_a_verb_within_a_noun_is_none_and_a_task_is_what_it_is_about(text, verb, thing):
    promise = read(text)
    assert (promise.verb, promise.object) == (verb, thing)
