"""Uploaded evidence, kept one by one: a bad file is named and does not lose the good ones."""

from __future__ import annotations

from django.http import HttpRequest

from luoshi.acts.attach_evidence import Upload
from luoshi.acts.keep_evidence import keep_evidence, require_size
from luoshi.terms.refusal import FieldError, Refusal, Refused
from luoshi.web.desk import context


def uploads(request: HttpRequest, name: str) -> list[Upload]:
    """The files of one input, to be kept by the act they were sent for.

    Raises:
        Refused: a file is empty or too large; every bad one is named, none is read.
    """
    files = request.FILES.getlist(name)
    errors: list[FieldError] = []
    for file in files:
        try:
            require_size(file.name or "", file.size or 0)
        except Refused as refused:
            errors.append(FieldError(name, refused.refusal.message))
    if errors:
        raise Refused(Refusal("web.bad_files", errors[0].message, 422, errors=tuple(errors)))
    return [Upload(file.name or "", file.read()) for file in files]


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
