"""A reading as one page of HTML that stands alone: the text with what was read marked, and the table beside it."""

from __future__ import annotations

from html import escape

from luoshi.cli.read_row import ReadRow, rows_of, summary
from luoshi.reading.model import Reading

_STYLE = """
body{font:16px/1.8 "Noto Serif CJK SC",SimSun,serif;color:#1c2430;margin:2rem auto;max-width:76rem;padding:0 1rem}
h1{font-size:1.3rem}.text{white-space:pre-wrap}mark{background:#dce8f7;border-bottom:2px solid #2456a6;padding:0}
mark.project,mark.honour,mark.event,mark.measure{background:#e9f3e4;border-color:#4b7a2b}
table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.5}
th,td{border-bottom:1px solid #ccd3dd;padding:.25rem .5rem;text-align:left;vertical-align:top}
th{background:#eef2f7}td.n{text-align:right;font-variant-numeric:tabular-nums}.doubt{color:#9a3412}
@media print{body{margin:0;max-width:none}tr{break-inside:avoid}}
"""
_CLASSES = {"目标": "target", "项目": "project", "荣誉": "honour", "活动": "event", "举措": "measure"}


def render_page(reading: Reading, *, explain: bool = False) -> str:
    """The page; it needs no other file and runs nothing."""
    rows = rows_of(reading, explain=explain)
    title = escape(summary(reading, rows))
    heads = ["任务", "类别", "指标或名称", "目标", "性质", "原文", "请核对", *(["识读依据"] if explain else [])]
    table = "".join(_row(row, number, explain=explain) for number, row in enumerate(rows))
    said = "".join(f"<li>{escape(str(finding))}</li>" for finding in reading.findings)
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
        f"<h1>{title}</h1>{f'<ul>{said}</ul>' if said else ''}"
        f"<table><thead><tr>{''.join(f'<th scope=col>{head}</th>' for head in heads)}</tr></thead>"
        f'<tbody>{table}</tbody></table><h2>原文</h2><div class="text">{_marked(reading, rows)}</div></body></html>\n'
    )


def _row(row: ReadRow, number: int, *, explain: bool) -> str:
    cells = [row.kind, row.name, row.goal, row.modality, row.quote]
    told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    rules = f"<td>{'<br>'.join(map(escape, row.rules))}</td>" if explain else ""
    return (
        f'<tr><td class="n"><a href="#m{number}">{row.task or "—"}</a></td>{told}'
        f'<td class="doubt">{escape(row.doubt)}</td>{rules}</tr>'
    )


def _marked(reading: Reading, rows: list[ReadRow]) -> str:
    text, place, pieces = reading.document.text, 0, []
    for number, row in enumerate(rows):
        if row.start < place:  # inside the mark before it: it keeps its row in the table
            pieces.append(f'<span id="m{number}"></span>')
            continue
        pieces.append(escape(text[place : row.start]))
        words = escape(text[row.start : row.end])
        pieces.append(
            f'<mark class="{_CLASSES.get(row.kind, "")}" id="m{number}" title="{escape(row.name)}">{words}</mark>'
        )
        place = row.end
    return "".join([*pieces, escape(text[place:])])
