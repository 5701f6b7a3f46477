"""Addresses of pages in messages."""

from __future__ import annotations

import pytest

from luoshi.messages.page_link import link


@pytest.mark.parametrize(
    ("target", "path"),
    [
        (["todo"], "/todo/"),
        (["report-sheet", "330624-004", "2023-09"], "/report/330624-004/2023-09/"),
        (["entry", "330624-2023/target:a b"], "/entries/330624-2023/target:a%20b/"),
        (["gone"], "/"),
        (["todo", "too", "many"], "/"),
        ([], "/"),
    ],
)
def test_a_page_has_its_address_and_one_that_is_no_more_leads_to_the_first(target, path):
    assert link("https://luoshi.example.cn", target) == f"https://luoshi.example.cn{path}"
