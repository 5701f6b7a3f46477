"""The page on which deputies vote, from the definition alone."""

from __future__ import annotations

import pytest
from county import OFFICE, PLAN, PLANNING, SUPERVISOR

from luoshi.acts.accounts import create_account
from luoshi.acts.move_entry import move_entry
from luoshi.acts.open_entry import open_entry
from luoshi.acts.register_people import register_people
from luoshi.people.role import Role
from luoshi.people.roster import Post
from luoshi.store import definitions
from luoshi.store.ballots import ballots_of


@pytest.fixture
def vote(settings, county):
    settings.LUOSHI_PACKS = ["national", "livelihood-vote"]
    definitions._signature_at.cache_clear()
    context = county.supervisor(9, 20)
    posts = [Post(f"post:{name}", OFFICE, Role.DEPUTY, "代表", name, name) for name in ("daibiao1", "daibiao2")]
    posts.append(Post("post:second", OFFICE, Role.SUPERVISOR, "计票人", "duban2", "计乙"))
    register_people(context, "999901", [], posts)
    for post in posts:
        create_account(post.holder, post.holder_name, "only-for-tests-7", must_change=False)
    typed = {"name": "2024年民生实事", "deputies": "2", "present": "2", "places": "1", "needs_majority": "是"}
    made = open_entry(context, "livelihood_vote", PLAN, typed)
    for name in ("村级幸福学堂", "居家养老中心"):
        entry = open_entry(context, "livelihood_candidate", PLAN, {"name": name, "content": ""})
        screened = {"content": f"{name}建设", "body": PLANNING, "finish_on": "2024-11-30", "vote": made.id}
        move_entry(context, entry.id, "screen", screened)
    return made.id


def _text(response):
    return response.content.decode()


def test_a_vote_from_its_opening_to_its_result(vote, sign_in):
    office = sign_in(SUPERVISOR)
    form = _text(office.get(f"/entries/{vote}/"))
    assert "开始投票" in form
    assert 'name="totals"' not in form
    office.post(f"/entries/{vote}/moves/open/", {"issued": "2", "scrutineer": "监票人", "totals": "村级幸福学堂｜9"})

    deputy = sign_in("daibiao1")
    assert "表决：2024年民生实事" in _text(deputy.get("/todo/"))
    page = _text(deputy.get(f"/entries/{vote}/ballot/"))
    assert "村级幸福学堂建设" in page
    assert "最多选1项" in page
    refused = deputy.post(f"/entries/{vote}/ballot/", {"marks": ["村级幸福学堂", "居家养老中心"]})
    assert refused.status_code == 422
    assert "作无效票投出" in _text(refused)
    assert _text(refused).count(" checked") == 2
    assert deputy.post(f"/entries/{vote}/ballot/", {"marks": ["村级幸福学堂"]}).status_code == 302
    page = _text(deputy.get(f"/entries/{vote}/ballot/"))
    assert "已经投出" in page
    assert 'type="checkbox" name=' not in page
    assert "表决：2024年民生实事" not in _text(deputy.get("/todo/"))
    assert deputy.post(f"/entries/{vote}/ballot/", {"marks": ["居家养老中心"]}).status_code == 409

    page = _text(sign_in(SUPERVISOR).get(f"/entries/{vote}/ballot/"))
    assert "不在这次表决的投票人之列" in page
    assert sign_in(SUPERVISOR).post(f"/entries/{vote}/ballot/", {"marks": []}).status_code == 403
    other = sign_in("duban2")
    assert 'name="ballots_hash"' not in _text(other.get(f"/entries/{vote}/"))
    other.post(f"/entries/{vote}/moves/close/", {})
    page = _text(other.get(f"/entries/{vote}/"))
    assert "已计票" in page
    assert "<td>村级幸福学堂</td><td>1</td>" in page
    assert len(ballots_of(vote)) == 1


def test_what_is_no_vote_has_no_ballot(vote, sign_in):
    candidate = f"livelihood_candidate:{PLAN}:0001"
    assert sign_in("daibiao1").get(f"/entries/{candidate}/ballot/").status_code == 404
    assert "表决还没有开始" in _text(sign_in("daibiao1").get(f"/entries/{vote}/ballot/"))
