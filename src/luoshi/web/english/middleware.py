"""Pages in English, for who asked for it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from luoshi.web.english.page import in_english
from luoshi.web.english.translator import translator

COOKIE = "language"


def reads_english(request: HttpRequest) -> bool:
    """Whether the reader has chosen English."""
    return request.COOKIES.get(COOKIE) == "en"


class EnglishMiddleware:
    """英文页面: says the finished page in English; files to be saved stay as the office writes them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, in English where that was chosen."""
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
        if is_page and reads_english(request):
            response.content = in_english(response.content.decode(), translator().say).encode()
        return response
