"""What the interface answers with: JSON of one shape for what was done and one for what was refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse

from luoshi.terms.refusal import Refusal

Plain = dict[str, Any]


def text_of(data: Mapping[str, Any]) -> str:
    """The data as JSON; days and instants in ISO 8601, Chinese stays readable."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)


def answered(text: str, status: int = 200) -> HttpResponse:
    """An answer that no cache keeps."""
    response = HttpResponse(text, status=status, content_type="application/json; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


def refused(refusal: Refusal) -> HttpResponse:
    """A refusal: clients branch on ``id``, people read ``message``."""
    response = answered(text_of(refusal_out(refusal)), refusal.status)
    if refusal.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def refusal_out(refusal: Refusal) -> Plain:
    """A refusal as data."""
    return {
        "ok": False,
        "id": refusal.id,
        "message": refusal.message,
        "errors": [{"field": error.field, "message": error.message, "got": error.got} for error in refusal.errors],
        "status": refusal.status,
        "basis": refusal.basis,
        "data": dict(refusal.data),
    }
