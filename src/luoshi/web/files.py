"""Uploaded evidence, kept one by one: a bad file is named and does not lose the good ones."""

from __future__ import annotations

from django.http import HttpRequest

from luoshi.acts.keep_evidence import keep_evidence, require_size
from luoshi.terms.refusal import FieldError, Refusal, Refused
from luoshi.web.desk import context


def keep_files(request: HttpRequest, body: str, name: str) -> list[str]:
    """Keep the files of one input.

    Raises:
        Refused: a file is not taken; every bad one is named.
    """
    found, errors = keep_each(request, body, name)
    if errors:
        wrong = tuple(FieldError(name, message) for message in errors)
        raise Refused(Refusal("web.bad_files", errors[0], 422, errors=wrong))
    return found


def keep_each(request: HttpRequest, body: str, name: str) -> tuple[list[str], list[str]]:
    """The ids of the files that were kept, and what is wrong with the others; one too large is not even read."""
    found: list[str] = []
    errors: list[str] = []
    for file in request.FILES.getlist(name):
        try:
            require_size(file.name or "", file.size or 0)
            found.append(keep_evidence(context(request), body, file.name or "", file.read()).id)
        except Refused as refused:
            errors.append(refused.refusal.message)
    return found, errors
