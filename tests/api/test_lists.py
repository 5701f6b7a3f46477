"""Lists through the interface: what is seen, how it is filtered, opening and moving many."""

from __future__ import annotations

import pytest
from calling import refused
from county import EDUCATION, OFFICE, PLAN, PLANNING, SUPERVISOR, desk_of

from luoshi.store.entries import find
from luoshi.store.models import EntryRow

PROBLEM = {"text": "材料不全", "body": PLANNING, "origin": "inspection"}


def test_every_list_is_named_with_what_may_be_opened_in_it(supervisor):
    found = {item["name"]: item for item in supervisor.get("lists").json()["lists"]}
    assert found["target"]["total"] == EntryRow.objects.filter(list="target", plan=PLAN).count()
    assert found["target"]["label"] == "目标清单"


def test_a_list_is_filtered_sorted_and_paged(supervisor):
    found = supervisor.get("lists/target", lead_body=EDUCATION).json()
    assert {entry["values"]["lead_body"] for entry in found["entries"]} == {EDUCATION}
    everything = [entry["id"] for entry in supervisor.get("lists/target", size="200").json()["entries"]]
    paged = [
        entry["id"]
        for page in range(1, 100)
        for entry in supervisor.get("lists/target", size="3", page=str(page)).json()["entries"]
    ]
    assert paged == everything
    assert len(everything) > 6


def test_numbers_are_exact_text_and_lights_come_along(supervisor):
    target = next(e for e in supervisor.get("lists/target").json()["entries"] if e["values"]["value"] == "3.5")
    assert target["light"]["period"] == "2023-09"
    assert target["light"]["word"]
    assert target["version"] == find(target["id"]).version


def test_a_unit_sees_its_own_entries_of_a_list_that_is_its_owners(desk, supervisor):
    for body in (PLANNING, EDUCATION):
        supervisor.post("lists/problem/moves/file", {"fields": {**PROBLEM, "body": body}})
    assert {e["values"]["body"] for e in desk.get("lists/problem").json()["entries"]} == {PLANNING}
    assert supervisor.get("lists/problem").json()["total"] == 2


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ({"lead_bodi": "x"}, "lead_bodi", "lead_body"),
        ({"sort": "quote"}, "quote", "不能按"),
        ({"zzz": "1"}, "zzz", "可用的是"),
    ],
)
def test_a_filter_the_list_does_not_know_is_refused_with_the_nearest(supervisor, query, field, said):
    found = refused(supervisor.get("lists/target", **query), 422, "store.unknown_filter")
    assert found["errors"][0]["field"] == field
    assert said in found["message"]


@pytest.mark.parametrize("query", [{"page": "0"}, {"page": "²"}, {"size": "201"}, {"size": "x"}, {"page": "1" * 30}])
def test_pages_are_numbers(supervisor, query):
    refused(supervisor.get("lists/target", **query), 422, "api.bad_number")


def test_an_unknown_list_and_move_are_refused(supervisor):
    refused(supervisor.get("lists/nothing"), 404, "store.unknown_list")
    found = refused(supervisor.post("lists/problem/moves/fly", {}), 404, "api.unknown_move")
    assert "close" in found["message"]


def test_the_number_of_queries_does_not_grow_with_the_rows(supervisor, django_assert_max_num_queries):
    with django_assert_max_num_queries(14) as few:
        supervisor.get("lists/target", size="2")
    with django_assert_max_num_queries(len(few)):
        supervisor.get("lists/target", size="200")


def test_an_entry_is_opened_with_a_file(supervisor):
    sent = {"fields": {**PROBLEM, "before": [{"name": "现场.txt", "base64": "5p2Q5paZ"}]}}
    refused(supervisor.post("lists/problem/moves/file", sent), 422, "acts.bad_files")
    pdf = "JVBERi0xLjQKJSVFT0YK"  # %PDF-1.4 … %%EOF
    sent["fields"]["before"] = [{"name": "现场.pdf", "base64": pdf}]
    found = supervisor.post("lists/problem/moves/file", sent)
    assert found.status_code == 201, found.json()
    assert len(found.json()["entry"]["values"]["before"]) == 1


@pytest.mark.parametrize("item", [{"name": "a.pdf"}, {"name": "a.pdf", "base64": "*"}, {"base64": "AA=="}])
def test_a_file_that_is_none_is_named_by_its_field(supervisor, item):
    found = refused(
        supervisor.post("lists/problem/moves/file", {"fields": {**PROBLEM, "before": [item]}}), 422, "api.no_file"
    )
    assert found["errors"][0]["field"] == "before"


def test_wrong_values_are_named_by_field_and_nothing_is_opened(supervisor):
    found = refused(
        supervisor.post(
            "lists/problem/moves/file", {"fields": {**PROBLEM, "origin": "rumour", "found_on": "2023-02-30"}}
        ),
        422,
        "lists.bad_values",
    )
    assert {error["field"] for error in found["errors"]} == {"origin", "found_on"}
    assert not EntryRow.objects.filter(list="problem").exists()


def test_many_entries_are_moved_or_none(supervisor, system):
    opened = [supervisor.post("lists/problem/moves/file", {"fields": PROBLEM}).json()["entry"]["id"] for _ in range(3)]
    sent = {
        "entries": [{"id": name, "version": 1} for name in opened],
        "fields": {"body": PLANNING, "due_on": "2023-11-01"},
    }
    other = system(desk_of(PLANNING), PLANNING)
    refused(other.post("lists/problem/moves/assign", sent), 409, "acts.some_refused")
    assert {find(name).state for name in opened} == {"filed"}
    found = supervisor.post("lists/problem/moves/assign", sent)
    assert [entry["state"] for entry in found.json()["entries"]] == ["assigned"] * 3
    stale = refused(supervisor.post("lists/problem/moves/assign", sent), 409, "acts.some_refused")
    assert [error["field"] for error in stale["errors"]] == opened


@pytest.mark.parametrize("entries", [None, [], "x", [{"version": 1}], [3]])
def test_moves_name_their_entries(supervisor, entries):
    response = supervisor.post("lists/problem/moves/assign", {"entries": entries})
    assert response.json()["id"] in {"api.no_entries", "acts.bad_number"}
    assert response.status_code == 422


def test_a_slip_is_issued_by_its_own_act_with_its_number(supervisor):
    target = EntryRow.objects.filter(list="target", plan=PLAN).order_by("id").first().id
    fields = {
        "commitment": target, "matter": "进度滞后", "origin": "report", "demand": "说明原因",
        "lead_body": PLANNING, "due_on": "2023-10-20",
    }  # fmt: skip
    known = supervisor.post("lists/supervision/moves/issue", {"fields": fields}).json()
    assert "2023" in known["entry"]["values"]["number"], known
    refused(supervisor.post("lists/supervision/moves/issue", {"fields": fields}), 409, "acts.duplicate_supervision")
    assert supervisor.post("lists/supervision/moves/issue", {"fields": fields, "despite_open": True}).status_code == 201


def test_administrators_see_no_business_through_the_interface(county, system):
    from county import COUNTY, PASSWORD, founder

    from luoshi.acts.accounts import create_account
    from luoshi.acts.register_people import register_people
    from luoshi.people.role import Role
    from luoshi.people.roster import Post

    register_people(
        founder(), COUNTY, [], [Post("post:sys", OFFICE, Role.SYSTEM_ADMINISTRATOR, "管理员", "sys", "系甲")]
    )
    create_account("sys", "系甲", PASSWORD, must_change=False)
    refused(system("sys", OFFICE).get("lists/target"), 403, "api.administrators_only")
    assert system(SUPERVISOR, OFFICE).get("lists/target").status_code == 200
