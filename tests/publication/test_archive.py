from __future__ import annotations

import io
import zipfile
from datetime import date

from luoshi.publication.archive import archive, settled


def test_an_archive_has_its_parts_in_order_and_no_time_of_its_own():
    with zipfile.ZipFile(io.BytesIO(archive({"b": b"2", "a": b"1"}))) as opened:
        assert opened.namelist() == ["b", "a"]
        assert opened.read("a") == b"1"
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_times_of_writing_give_way_to_the_day_of_the_paper():
    core = b'<x><dcterms:modified xsi:type="t">2026-11-22T01:02:03Z</dcterms:modified></x>'
    with zipfile.ZipFile(io.BytesIO(settled(archive({"docProps/core.xml": core}), date(2023, 10, 8)))) as opened:
        assert b">2023-10-08T00:00:00Z<" in opened.read("docProps/core.xml")
