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
    needed = [field.label for field in definition.fields.values() if field.required]
    assert all(label in form for label in needed)
    assert sign_in(desk_of("999901-02")).get(f"/lists/{name}/").status_code == 200
