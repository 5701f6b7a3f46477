"""Files sent with a move: kept with it or not at all, under the body that makes it."""

from __future__ import annotations

import pytest
from county import COUNTY, EDUCATION, PLAN, PLANNING, acting, at, desk_of

from luoshi.acts.attach_evidence import Upload
from luoshi.acts.open_entry import open_entry
from luoshi.acts.register_people import register_people
from luoshi.people.role import Role
from luoshi.people.roster import Post
from luoshi.store.entries import find
from luoshi.store.models import Evidence
from luoshi.terms.refusal import Refused

PDF = Upload("回复.pdf", b"%PDF-1")


@pytest.fixture
def two_posts(running, settings, tmp_path):
    """Planning's desk officer also fills in for education, whose post comes first."""
    settings.LUOSHI_HOME = str(tmp_path)
    more = Post("post:also", EDUCATION, Role.DESK_OFFICER, "经办人", desk_of(PLANNING), "经02")
    register_people(running.supervisor(2, 1), COUNTY, [], [more])
    return acting(desk_of(PLANNING), at(3, 1))


def _claim(body, *files):
    return {"text": "建成寄宿制学校", "body": body, "achieved_on": "2023-02-28", "evidence": list(files)}


@pytest.mark.parametrize("body", [PLANNING, EDUCATION])
def test_a_file_goes_under_the_body_that_makes_the_move(two_posts, body):
    entry = open_entry(two_posts, "result", PLAN, _claim(body, PDF))
    kept = Evidence.objects.get()
    assert (kept.body, entry["evidence"]) == (body, (kept.id,))


def test_a_refused_move_keeps_no_file(two_posts):
    with pytest.raises(Refused):
        open_entry(two_posts, "result", PLAN, {**_claim(PLANNING, PDF), "achieved_on": "昨天"})
    assert not Evidence.objects.exists()


def test_one_bad_file_is_named_by_its_field_and_nothing_is_kept(two_posts):
    with pytest.raises(Refused) as refused:
        open_entry(two_posts, "result", PLAN, _claim(PLANNING, PDF, Upload("照片.jpg", b"MZ")))
    assert refused.value.refusal.id == "acts.bad_files"
    assert [error.field for error in refused.value.refusal.errors] == ["evidence"]
    assert "“照片.jpg”" in refused.value.refusal.errors[0].message
    assert not Evidence.objects.exists()
    assert find(f"result:{PLAN}:0001") is None


def test_files_already_there_stay_beside_the_new(two_posts):
    entry = open_entry(two_posts, "result", PLAN, _claim(PLANNING, PDF))
    again = open_entry(two_posts, "result", PLAN, _claim(PLANNING, PDF, *entry["evidence"]))
    assert len(again["evidence"]) == 2
    assert entry["evidence"][0] in again["evidence"]
