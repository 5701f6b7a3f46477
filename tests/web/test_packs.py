"""Every pack that is shipped, taken into use together: nothing but data makes its pages, forms and files."""

from __future__ import annotations

import pytest
from county import SUPERVISOR, desk_of

from luoshi.store import definitions

PACKS = sorted(folder.name for folder in definitions.SHIPPED.iterdir() if folder.name != "national")
LISTS = sorted(path.stem for pack in PACKS for path in (definitions.SHIPPED / pack / "lists").glob("*.yaml"))


@pytest.fixture
def used(settings, county):
    settings.LUOSHI_PACKS = ["national", *PACKS]
    definitions._signature_at.cache_clear()
    yield county
    definitions._signature_at.cache_clear()


def test_all_packs_fit_beside_each_other(used):
    found = definitions.read_lists()[1]
    assert [str(finding) for finding in found if finding.id != "lists.W001"] == []


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_a_pack_has_its_page_its_form_and_its_file(used, sign_in, name):
    client, definition = sign_in(SUPERVISOR), definitions.current(name)
    page = client.get(f"/lists/{name}/").content.decode()
    assert definition.label in page
    assert client.get(f"/lists/{name}.xlsx").status_code == 200
    opening = definition.opening_moves[0]
    form = client.get(f"/lists/{name}/open/{opening.name}/").content.decode()
    asked = [f.label for f in definition.fields.values() if f.name in opening.sets] if opening.sets else []
    assert form.count('id="f-') == len(asked) or not asked
    needed = [field.label for field in definition.fields.values() if field.required]
    assert all(label in form for label in needed)
    assert sign_in(desk_of("999901-02")).get(f"/lists/{name}/").status_code == 200


def test_an_entry_is_opened_by_a_form_that_asks_for_some_fields_only_and_is_numbered(used, sign_in):
    client = sign_in(desk_of("999901-02"))
    typed = {"matter": "占道经营", "kind": "law", "town": "999901-02", "place": ""}
    done = client.post("/lists/whistle/open/draft/", typed)
    assert done.status_code == 302
    page = client.get(done["Location"]).content.decode()
    assert "哨〔2023〕1号" in page
    assert "占道经营" in page
