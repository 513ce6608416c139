"""A logo stands inside the report, and a file that is none is left out with a sentence."""

from __future__ import annotations

from pathlib import Path
from zlib import compress, crc32

import pytest

from audits.report import html, pdf
from audits.report.logo import MOST_BYTES, PNG, LogoError, embedded
from tests.audits.report import samples
from tests.audits.report.pages import read


def chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + crc32(name + data).to_bytes(4, "big")


def png(wide: int = 2, high: int = 1) -> bytes:
    header = wide.to_bytes(4, "big") + high.to_bytes(4, "big") + bytes((8, 2, 0, 0, 0))
    rows = b"".join(b"\0" + b"\x7a\x3e\x9d" * min(wide, 2) for _ in range(min(high, 2)))
    return PNG + chunk(b"IHDR", header) + chunk(b"IDAT", compress(rows)) + chunk(b"IEND", b"")


def jpeg(wide: int = 2, high: int = 1) -> bytes:
    frame = b"\x08" + high.to_bytes(2, "big") + wide.to_bytes(2, "big") + b"\x01\x01\x11\x00"
    return b"\xff\xd8\xff\xe0\x00\x04JF\xff\xc0" + (len(frame) + 2).to_bytes(2, "big") + frame + b"\xff\xd9"


def kept(folder: Path, body: bytes, name: str = "logo.png") -> str:
    (folder / name).write_bytes(body)
    return embedded(folder / name)


def test_a_picture_is_known_by_its_bytes_and_not_by_its_name(tmp_path: Path) -> None:
    assert kept(tmp_path, png(), "logo.txt").startswith("data:image/png;base64,iVBOR")
    assert kept(tmp_path, jpeg(), "logo.png").startswith("data:image/jpeg;base64,/9j/")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a\x01\x00\x01\x00",
        png()[:-5],
        png() + b"<script>alert(1)</script>",
        png().replace(b"IDAT", b"IDAX"),
        png(wide=60_000, high=60_000),
        png(wide=0),
        jpeg()[:-2],
        jpeg(wide=50_000),
        b"\xff\xd8\xff\xe0\xff\xff\xff\xd9",
        png() + b"0" * MOST_BYTES,
    ],
)
def test_what_is_no_small_whole_png_or_jpeg_is_refused_with_a_sentence(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(LogoError, match=r"The logo logo\.png is left out: .+ Save it as a PNG or JPEG of at most 200"):
        kept(tmp_path, body)


def test_the_logo_stands_on_the_page_with_the_name_as_its_text(tmp_path: Path) -> None:
    address = kept(tmp_path, png())
    page = read(html.render(samples.report(given=samples.cover(logo=address)), audit_id="a", charts={}).encode())
    (picture,) = [values for tag, values in page.tags if tag == "img"]
    assert picture == {"class": "logo", "src": address, "alt": "North & Co"}


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/x.png", "file:///etc/hostname", "data:image/svg+xml;base64,AA=="]
)
def test_an_address_outside_the_page_is_no_logo(address: str) -> None:
    body = html.render(samples.report(given=samples.cover(logo=address)), audit_id="a", charts={})
    assert "<img" not in body and address not in body


def test_the_logo_is_printed_on_paper(tmp_path: Path) -> None:
    bare = pdf.brief(samples.report(), audit_id="a")
    printed = pdf.brief(samples.report(given=samples.cover(logo=kept(tmp_path, png()))), audit_id="a")
    assert b"/Subtype /Image" in printed and b"/Subtype /Image" not in bare
