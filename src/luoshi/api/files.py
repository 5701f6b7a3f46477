"""Files sent within JSON: each as its name and its content in base64."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping

from luoshi.acts.attach_evidence import Upload
from luoshi.lists.definition import Definition
from luoshi.terms.refusal import FieldError, Refusal, Refused


def with_files(definition: Definition, fields: Mapping[str, object]) -> dict[str, object]:
    """The fields with what was sent for evidence as uploads; ids of files that are kept already stay ids.

    Raises:
        Refused: a file that is none: named by its field (422).
    """
    found = dict(fields)
    for name, content in fields.items():
        field = definition.fields.get(name)
        if field and field.type == "evidence" and isinstance(content, list):
            found[name] = [_upload(name, item) if isinstance(item, Mapping) else item for item in content]
    return found


def _upload(field: str, item: Mapping[str, object]) -> Upload:
    try:
        return Upload(str(item["name"]), base64.b64decode(str(item["base64"]), validate=True))
    except (KeyError, binascii.Error, ValueError):
        error = FieldError(field, '文件应写作 {"name": 文件名, "base64": 内容}。')
        raise Refused(Refusal("api.no_file", error.message, 422, errors=(error,))) from None
