"""Office files of the plan, ready to be saved."""

from __future__ import annotations

from django.http import HttpResponse

from luoshi.lists.entry import Entry
from luoshi.publication.bulletin_docx import bulletin_docx
from luoshi.publication.slip_docx import slip_docx
from luoshi.publication.workbook import ledger_workbook
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.papers import bulletin_of, ledger_of, slip_of
from luoshi.terms.period import Period
from luoshi.web.table_file import DOCX, XLSX, attachment


def bulletin_file(reader: Desk, period: Period) -> HttpResponse:
    """The month's bulletin; of a month not closed yet, named a draft."""
    bulletin = bulletin_of(reader.plan_id, period, reader.today)
    name = f"{period.label}督查通报{'（草稿）' if bulletin.is_draft else ''}.docx"
    return attachment(bulletin_docx(bulletin), name, DOCX)


def ledger_file(reader: Desk, period: Period) -> HttpResponse:
    """The plan's ledger."""
    return attachment(
        ledger_workbook(ledger_of(reader.plan_id, period, reader.today)), f"工作台账（截至{period.label}）.xlsx", XLSX
    )


def slip_file(entry: Entry) -> HttpResponse:
    """A supervision slip."""
    return attachment(slip_docx(slip_of(entry)), f"督办通知单{entry['number']}.docx", DOCX)
