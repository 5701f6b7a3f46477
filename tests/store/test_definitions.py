"""The lists in force: shipped packs, then the county's own; kept versions; a bad file is named."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from walk import WALK, Hand

from luoshi.store import definitions
from luoshi.store.models import StoredDefinition

OVERRIDE = """
list: problem
fields:
  text: {label: 问题是什么}
  severity: {type: choice, label: 轻重, of: {grave: 重, light: 轻}, indexed: true}
moves:
  reopen: null
clocks:
  cure: {resumes: null}
"""

WRONG = {
    "colour": "list: problem\nfields:\n  text: {label: 甲, colour: 红}\n",
    "problem.yaml:4": "list: problem\nfields:\n  text: {label: 甲\n  states: [\n",
    "写了两次": "list: problem\nlabel: 甲\nlabel: 乙\n",
}


@pytest.fixture
def packs(settings, tmp_path):
    """The folder of a county's own packs; files written into it are seen at once."""
    settings.LUOSHI_HOME = str(tmp_path)
    definitions._LOOK_AGAIN, usual = 1e-9, definitions._LOOK_AGAIN
    folder = tmp_path / "packs" / "yunling" / "lists"
    folder.mkdir(parents=True)
    yield folder
    definitions._LOOK_AGAIN = usual


def test_the_shipped_lists_are_in_force(packs):
    assert {"plan", "target", "task", "responsibility", "problem", "result", "report"} <= set(
        definitions.lists_in_force()
    )
    assert definitions.read_lists()[1] == []


def test_a_county_overrides_by_key_and_removes_by_null(packs):
    shipped = definitions.current("problem")
    (packs / "problem.yaml").write_text(OVERRIDE, "utf-8")
    own = definitions.current("problem")
    assert own.fields["text"].label == "问题是什么"
    assert own.fields["text"].fixed
    assert own.fields["severity"].indexed
    assert "reopen" in shipped.moves
    assert "reopen" not in own.moves
    assert own.version != shipped.version
    assert definitions.current("target").version == definitions.version(definitions.current("target").version).version


def test_a_new_list_needs_no_restart(packs):
    assert "walk" not in definitions.lists_in_force()
    (packs / "walk.yaml").write_text(WALK, "utf-8")
    assert definitions.current("walk").label == "试验清单"
    (packs / "walk.yaml").write_text(WALK.replace("试验清单", "改名清单"), "utf-8")
    assert definitions.current("walk").label == "改名清单"
    (packs / "walk.yaml").unlink()
    assert "walk" not in definitions.lists_in_force()


def test_a_bad_edit_leaves_in_force_what_was_good(packs):
    (packs / "walk.yaml").write_text(WALK, "utf-8")
    assert definitions.current("walk").label == "试验清单"
    (packs / "walk.yaml").write_text(WALK.replace("label:", "lable:"), "utf-8")
    assert definitions.current("walk").label == "试验清单"
    assert any("lable" in finding.message for finding in definitions.read_lists()[1])


@pytest.mark.parametrize("said", WRONG)
def test_a_bad_file_is_named_and_nothing_is_taken_into_use(packs, said):
    (packs / "walk.yaml").write_text(WALK, "utf-8")
    (packs / "problem.yaml").write_text(WRONG[said], "utf-8")
    with pytest.raises(ImproperlyConfigured, match=r"problem\.yaml") as raised:
        definitions.lists_in_force()
    assert said in str(raised.value)
    (packs / "problem.yaml").unlink()
    assert "walk" in definitions.lists_in_force()


def test_a_file_that_is_no_text_is_named(packs):
    (packs / "problem.yaml").write_bytes("list: problem\nlabel: 问题".encode("gbk"))
    with pytest.raises(ImproperlyConfigured, match=r"problem\.yaml"):
        definitions.lists_in_force()


@pytest.mark.django_db
def test_entries_keep_the_version_they_were_opened_under(packs, circumstances):
    (packs / "walk.yaml").write_text(WALK, "utf-8")
    hand = Hand(definitions.current("walk"), circumstances)
    entry = hand.append(hand.begin("walk:1", words="旧"))[0]
    (packs / "walk.yaml").write_text(WALK.replace("label: 说明", "label: 新说明"), "utf-8")
    assert definitions.current("walk").version != entry.definition
    definitions.version.cache_clear()
    old = definitions.version(entry.definition)
    assert old.fields["words"].label == "说明"
    changed = hand.change(entry, "change", {"words": "还能改"})
    assert hand.append(changed)[0]["words"] == "还能改"


@pytest.mark.django_db
def test_an_overridden_list_can_be_read_back_from_its_kept_text(packs):
    (packs / "problem.yaml").write_text(OVERRIDE, "utf-8")
    own = definitions.current("problem")
    definitions.keep([own, own])
    definitions.keep([own])
    assert StoredDefinition.objects.filter(version=own.version).count() == 1
    (packs / "problem.yaml").unlink()
    definitions.version.cache_clear()
    assert definitions.version(own.version) == own


@pytest.mark.django_db
def test_a_version_never_kept_is_unknown():
    with pytest.raises(StoredDefinition.DoesNotExist):
        definitions.version("0" * 16)


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("problem.yaml", "list: problem\nlabel: 甲\nmoves:\n  clsoe: {by: leader}\n", "problem.yaml:4"),
        ("problem.yaml", "list: problem\nlabel: 甲\nmoves:\n  close: {to: colsed}\n", "problem.yaml:4"),
        ("problem.yaml", "list: problem\nlabel: 甲\nmoves:\n  close: {too: closed}\n", "problem.yaml:4"),
        ("problem.yaml", "list: problem\nlabel: 甲\nmoves:\n  clsoe: {by: leader}\n", "是否应为“close”"),
        ("problm.yaml", "list: problm\nlabel: 甲\nmoves:\n  close: {by: leader}\n", "是否应为“problem.yaml”"),
    ],
)
def test_an_override_of_what_does_not_exist_is_named_at_its_own_line(packs, file, text, said):
    (packs / file).write_text(text, "utf-8")
    assert said in "\n".join(map(str, definitions.read_lists()[1]))
