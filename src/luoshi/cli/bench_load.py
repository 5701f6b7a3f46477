"""An open loop: requests are sent at their times, whether or not the ones before have been answered."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode

Form = dict[str, list[str]]
Request = tuple[str, str, Form]
"""Method, address, and what a form posts."""


@dataclass(frozen=True, slots=True)
class Load:
    """负载结果: milliseconds from the time a request was due to its whole answer, failures, the generator's CPU share."""

    taken: tuple[float, ...]
    failed: int
    cpu: float

    def at(self, share: float) -> float:
        """The time within which this share of the requests was answered, in milliseconds."""
        ordered = sorted(self.taken)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


def open_loop(port: int, requests: Sequence[Request], rate: float, cookies: Sequence[str]) -> Load:
    """Send the requests at a steady rate.

    Args:
        rate: requests a second.
        cookies: one for each signed-in person; the requests take turns.
    """
    taken: list[float] = []
    failed: list[int] = []
    lock = threading.Lock()
    begun, cpu = time.perf_counter() + 0.2, time.process_time()

    def send(number: int, request: Request) -> None:
        due = begun + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        status = _status(port, request, cookies[number % len(cookies)])
        after = (time.perf_counter() - due) * 1000
        with lock:
            taken.append(after)
            if status not in {200, 201, 302}:
                failed.append(status)

    with ThreadPoolExecutor(64) as pool:
        list(pool.map(send, range(len(requests)), requests))
    wall = time.perf_counter() - begun
    return Load(tuple(taken), len(failed), (time.process_time() - cpu) / wall)


_held = threading.local()


def _status(port: int, request: Request, cookie: str) -> int:
    """The status of the answer, read to its end; connections are kept, as browsers do."""
    method, address, form = request
    headers = {"Cookie": cookie}
    body = None
    if method == "POST":
        body = urlencode(form, doseq=True)
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1:{port}/"}
    connection = getattr(_held, "connection", None)
    if connection is None or connection.port != port:
        connection = _held.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, address, body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        connection.close()
        _held.connection = None
        return 0


def timed(work: Callable[[], object]) -> float:
    """How many seconds the work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
