"""Addresses of the interface, below /api/v1/."""

from __future__ import annotations

from django.urls import path, re_path

from luoshi.api import description, entries, figures, lists, reports
from luoshi.api.door import endpoint, unknown

app_name = "api"
urlpatterns = [
    path("openapi.json", endpoint(description.document)),
    path("lists", endpoint(lists.lists)),
    path("lists/<slug:name>", endpoint(lists.entries)),
    path("lists/<slug:name>/moves/<slug:move>", endpoint(write=lists.make_move)),
    path("reports/<str:body>/<str:period>", endpoint(reports.due, reports.submit)),
    path("lists/<slug:name>/entries/<str:identity>/moves/<slug:move>", endpoint(write=entries.make_move)),
    path("entries/<str:identity>/why/<str:period>", endpoint(figures.why)),
    path("entries/<str:identity>", endpoint(entries.entry)),
    re_path(r"^.*$", unknown),
]
