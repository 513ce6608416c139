"""ACCEPTANCE h58, for captures: the bar moves inside one large file, whatever its form."""

from __future__ import annotations

import base64
import random
from pathlib import Path

import pytest

from tests.faults.test_h_captures import landed
from tests.spiders.intake.saving import ADDRESS, entry, har, pages, wacz, warc


@pytest.mark.parametrize("form", ["har", "warc", "wacz"])
def test_a_bar_moves_while_one_large_file_is_read(tmp_path: Path, form: str) -> None:
    noise = base64.b64encode(random.Random(1).randbytes(1_500_000))
    bodies = pages(20) | {f"{ADDRESS}?noise={at}": b"<html>%d%b</html>" % (at, noise) for at in range(3)}
    file = tmp_path / f"a.{form}"
    if form == "har":
        har(file, [entry(url, body) for url, body in bodies.items()])
    elif form == "warc":
        file.write_bytes(warc(bodies, packed=False))
    else:
        wacz(file, {"archive/data.warc.gz": warc(bodies)})
    seen: list[tuple[int, int]] = []
    landed(tmp_path, file, progress=lambda done, whole: seen.append((done, whole)))
    size = file.stat().st_size
    assert seen == sorted(seen) and seen[-1] == (size, size)
    assert len({done for done, _ in seen if done < size}) >= 3
