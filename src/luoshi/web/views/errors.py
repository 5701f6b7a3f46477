"""Pages for what cannot be shown or done: what, why, and what next."""

from __future__ import annotations

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.terms.refusal import Refusal

TITLES = {
    400: "看不懂这个请求",
    405: "不能直接打开",
    403: "没有权限",
    404: "没有找到",
    409: "现在不能办理",
    422: "需要修改",
}
NEXT = {
    403: "需要权限的，请联系督查室或本单位负责人。",
    404: "请检查链接，或从总览、清单进入。",
    400: "请从总览、清单或我的待办进入。",
    405: "请从总览、清单或我的待办进入。",
    409: "请返回上一页查看最新情况后再办理。",
    422: "请返回上一页修改，已填内容还在。",
}


def _page(request: HttpRequest, status: int, message: str, basis: str = "", title: str = "") -> HttpResponse:
    values = {
        "title": title or TITLES.get(status, "出了差错"),
        "message": message,
        "basis": basis,
        "next_step": "" if title else NEXT.get(status, ""),
    }
    return render(request, "luoshi/error.html", values, status=status)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of a refusal that has no form to stand in."""
    return _page(request, refusal.status, refusal.message, refusal.basis)


def forbidden(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """403, a stale form included."""
    return _page(request, 403, "您没有查看这一页或办理这件事的权限，也可能是页面停留太久，请重新登录后再试。")


def csrf_failed(request: HttpRequest, **_: object) -> HttpResponse:
    """403 for a form whose token has run out."""
    message = "页面停留太久，或者浏览器清除了登录记录。请返回上一页刷新后再提交，已存的草稿还在。"
    return _page(request, 403, message, title="提交没有生效")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: more fields or files at once than are taken; or a host name that is not the site's."""
    if isinstance(exception, DisallowedHost):
        return _page(request, 400, "这个网址不是本系统登记的地址，请从单位发布的网址进入。")
    return _page(request, 400, "一次提交的内容太多，没有收下。请减少一次上传的文件，分几次提交，已存的草稿还在。")


def not_found(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """404."""
    return _page(request, 404, "没有这一页，可能链接有误或内容已经移走。")


def broken(request: HttpRequest) -> HttpResponse:
    """500; the record of what went wrong is in the log, never on the page."""
    try:
        return _page(
            request, 500, "系统出了差错，已经记录。刚才的办理没有生效，请稍后再试；反复出现时请告诉系统管理员。"
        )
    except Exception:  # noqa: BLE001 - the frame itself may be what is broken
        return HttpResponse(
            "系统出了差错，已经记录，请稍后再试。", status=500, content_type="text/plain; charset=utf-8"
        )
