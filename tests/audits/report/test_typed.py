"""A report's JSON is described by the schema that is published, and reads back to the very same report."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from audits.report import json as report_json
from audits.report import schema
from audits.report.model import Report
from audits.report.typed import ShapeError, read
from tests.audits.report import made, samples

PUBLISHED = Path(__file__).parents[3] / "docs" / "report.schema.json"


def test_the_published_schema_is_the_one_of_this_version() -> None:
    told = "run: python -m audits.report.schema > docs/report.schema.json"
    assert PUBLISHED.read_text(encoding="utf-8") == schema.text(), told


@pytest.mark.parametrize("thin", [False, True])
def test_a_report_is_what_the_schema_says(thin: bool) -> None:
    rows = made.reviews(businesses=(made.US,), each=9)
    report = samples.report(found=samples.thin_findings(), rows=rows) if thin else samples.report()
    jsonschema.validate(json.loads(report_json.render(report)), json.loads(schema.text()))


def test_a_report_reads_back_to_the_same_bytes() -> None:
    text = report_json.render(samples.report())
    assert report_json.render(read(Report, json.loads(text))) == text


def test_another_shape_is_refused_with_its_place() -> None:
    value = json.loads(report_json.render(samples.report()))
    value["cover"]["business"] = 5
    with pytest.raises(ShapeError, match=r"report\.cover\.business"):
        read(Report, value)
    del value["cover"]
    with pytest.raises(ShapeError, match="cover missing or unknown"):
        read(Report, value)
