"""Small things remembered from one start to the next: JSON files in the data folder.

Each is written as a whole. Losing one costs nothing but convenience.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wajo_studio import atomic, paths
from wajo_studio.errors import disk_error

SCHEMA = 1


def recall(name: str) -> dict[str, Any]:
    """What was remembered under a file name; empty when there is none or it is damaged."""
    try:
        document = json.loads(_file(name).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def recall_texts(name: str, key: str) -> list[str]:
    """A list of texts out of what was remembered; empty when there is none."""
    texts = recall(name).get(key)
    return [str(text) for text in texts] if isinstance(texts, list) else []


def remember(name: str, values: Mapping[str, Any]) -> None:
    """Remember values under a file name, in place of what was remembered there.

    Raises:
        DiskError: the data folder cannot be written.
    """
    file = _file(name)
    text = json.dumps({"schema": SCHEMA, **values}, ensure_ascii=False, indent=2) + "\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic.write_text(file, text)
    except OSError as error:
        raise disk_error(error, file) from error


def _file(name: str) -> Path:
    return paths.data_dir() / name
