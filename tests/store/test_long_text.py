import pytest
from django.db import connection, models

from luoshi.store.long_text import LongText
from luoshi.store.models import FactRow, Rating


def test_migrations_know_it_as_the_text_it_is():
    assert LongText(blank=True).deconstruct()[1:] == ("django.db.models.TextField", [], {"blank": True})


@pytest.mark.parametrize("model", [FactRow, Rating])
def test_no_migration_is_missing(model):
    columns = [field for field in model._meta.concrete_fields if isinstance(field, LongText)]
    assert columns
    assert {column.db_type(connection) for column in columns} == {models.TextField().db_type(connection)}
