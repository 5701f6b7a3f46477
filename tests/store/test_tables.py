"""All tables written and read back: values of every kind come back as they were, in either database."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from luoshi.store import tables
from luoshi.store.models import CheckpointRow, DocumentRow, EntryRow, IndexCell, StoredDefinition

MOMENT = datetime(2023, 9, 30, 8, 0, 0, 123456, tzinfo=UTC)
BYTES = bytes(range(256))


def _fill():
    document = {"sha256": "a" * 64, "plan": "p", "name": "文件“甲”\n.txt", "content": BYTES, "text": "一\u2028二\t三"}
    DocumentRow.objects.create(**document, uploaded_by="甲", uploaded_at=MOMENT)
    row = {"list": "l", "plan": "p", "definition": "d", "state": "s", "version": 1, "opened_on": date(2023, 1, 2)}
    entry = EntryRow.objects.create(id="e:1", **row, values="{}", doings="[]", clocks="[]")
    cell = {"entry": entry, "list": "l", "plan": "p"}
    IndexCell.objects.create(**cell, field="f", text="12.5", number=Decimal("12.50000001"), day=date(2023, 9, 30))
    IndexCell.objects.create(**cell, field="g")
    StoredDefinition.objects.create(version="v", list="l", text="正文")
    StoredDefinition.objects.update(taken_at=MOMENT)
    CheckpointRow.objects.create(number=1, taken_at=MOMENT, streams=0, root="r", signature="s")


def test_each_table_is_a_file_with_its_columns_first_and_a_line_for_each_row(throwaway, tmp_path):
    assert tables.is_empty()
    _fill()
    assert not tables.is_empty()
    counts = tables.write_tables(tmp_path)
    assert counts["store_indexcell"] == 2
    lines = (tmp_path / "store_documentrow.jsonl").read_text("utf-8").split("\n")
    assert json.loads(lines[0])[0] == "sha256"
    assert dict(zip(json.loads(lines[0]), json.loads(lines[1]), strict=True))["name"] == "文件“甲”\n.txt"
    assert lines[2:] == [""]


def test_a_database_filled_from_files_equals_the_one_they_came_from(throwaway, tmp_path):
    _fill()
    counts, migration = tables.write_tables(tmp_path), tables.last_migration()
    with throwaway.constraint_checks_disabled(), throwaway.cursor() as cursor:  # as if it were another, empty one
        for name in throwaway.introspection.table_names():
            cascade = "" if throwaway.vendor == "sqlite" else " CASCADE"
            cursor.execute(f"DROP TABLE {name}{cascade}")
    assert tables.is_empty()
    tables.read_tables(tmp_path, migration, counts)
    again = tmp_path / "again"
    again.mkdir()
    assert tables.write_tables(again) == counts
    for name in counts:
        assert (again / f"{name}.jsonl").read_bytes() == (tmp_path / f"{name}.jsonl").read_bytes()
    assert bytes(DocumentRow.objects.get().content) == BYTES
    assert StoredDefinition.objects.get().taken_at == MOMENT
    assert IndexCell.objects.create(entry_id="e:1", list="l", plan="p", field="h").pk > 2, "keys go on from the last"


def test_rows_that_are_not_whole_are_not_taken(throwaway, tmp_path):
    counts, migration = tables.write_tables(tmp_path), tables.last_migration()
    with pytest.raises(ValueError, match="store_draft"):
        tables.read_tables(tmp_path, migration, counts | {"store_draft": 1})
    with pytest.raises(tables.UnknownMigration):
        tables.read_tables(tmp_path, "9999_later", counts)
