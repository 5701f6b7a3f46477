"""Facts read back: one stream, or the whole ledger in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from luoshi.ledger.checkpoint import StreamHead
from luoshi.ledger.fact import Fact
from luoshi.store.models import FactRow, StreamHeadRow


def of_stream(stream: str) -> list[Fact]:
    """All facts about one entry, oldest first."""
    return [to_fact(row) for row in FactRow.objects.filter(stream=stream).order_by("version")]


def all_facts() -> Iterator[Fact]:
    """Every fact, stream by stream in version order, without holding them all in memory."""
    for row in FactRow.objects.order_by("stream", "version").iterator(chunk_size=2000):
        yield to_fact(row)


def heads() -> Iterator[StreamHead]:
    """The newest fact of each stream, as the head table says."""
    for stream, version, digest in StreamHeadRow.objects.order_by("stream").values_list("stream", "version", "hash"):
        yield StreamHead(stream, version, digest)


def to_fact(row: FactRow) -> Fact:
    """The fact a row keeps."""
    return Fact(
        row.stream, row.version, row.kind, row.actor, row.body, row.act_id, row.occurred_on,
        row.recorded_at.astimezone(UTC), row.payload, row.prev_hash, row.hash,
    )  # fmt: skip
