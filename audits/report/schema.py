"""The published JSON Schema of `report.json`: `python -m audits.report.schema > docs/report.schema.json`."""

from __future__ import annotations

import json
import sys

from audits.report.model import SCHEMA, Report
from audits.report.typed import schema


def text() -> str:
    """The schema as it is published, with its version in the title."""
    return json.dumps(schema(Report, title=SCHEMA), indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
