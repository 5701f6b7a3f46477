"""Addresses of the pages."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("api/v1/", include("luoshi.api.urls")), path("", include("luoshi.web.urls"))]
handler400 = "luoshi.web.views.errors.bad_request"
handler403 = "luoshi.web.views.errors.forbidden"
handler404 = "luoshi.web.views.errors.not_found"
handler500 = "luoshi.web.views.errors.broken"
