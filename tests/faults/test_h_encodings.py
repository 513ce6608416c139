"""ACCEPTANCE h51: a file that is not UTF-8 is read in the encoding that makes words of it, or is asked about.

Long texts are read as others are.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from spiders.intake.errors import IntakeError
from tests.faults.test_h_intake import ROWS, export, landed, written

ENGLISH = "The food wasn’t warm and nobody said why"
SAID = {
    "cp1252": [ENGLISH, "They charged us £20 – for a café", "Ärgerlich! Große Räume, der Kellner kam nie zurück"],
    "mac_roman": [ENGLISH, "They charged us €20 – for a café", "Ärgerlich! Große Räume, der Kellner kam nie zurück"],
    "cp850": ["They charged us £20 for nothing", "Très médiocre, ça suffit", "El niño esperó más de una hora"],
    "cp1250": ["Obsługa była świetna, żadnych zastrzeżeń", "Łódź: jedzenie było zimne", "Bardzo długo czekaliśmy"],
}


def _export(said: list[str]) -> str:
    rows = [f'2024-03-{day:02d},{day % 5 + 1},"{text}"' for day, text in enumerate(said * 5, start=1)]
    return "\r\n".join(["date,rating,review", *rows]) + "\r\n"


@pytest.mark.parametrize("encoding", SAID)
def test_the_letters_of_a_file_tell_windows_macintosh_and_dos(tmp_path: Path, encoding: str) -> None:
    landing, found = landed(tmp_path / "l", written(tmp_path, _export(SAID[encoding]), encoding))
    assert [each.text for each in found[:3]] == SAID[encoding]
    assert landing.mapping["files"][0]["encoding"] == encoding


@pytest.mark.parametrize("text", SAID["cp1252"][:2])
def test_one_curly_apostrophe_or_pound_sign_is_enough(tmp_path: Path, text: str) -> None:
    _, found = landed(tmp_path / "l", written(tmp_path, _export(["The soup was cold when it came", text]), "cp1252"))
    assert found[1].text == text


@pytest.mark.parametrize(("text", "encoding"), [("Очень плохой сервис", "cp1251"), ("サービスが悪い", "shift_jis")])
def test_what_no_western_encoding_makes_words_of_is_asked_about(tmp_path: Path, text: str, encoding: str) -> None:
    with pytest.raises(IntakeError, match=r"line 2: the text is not UTF-8.* Save the file as UTF-8"):
        landed(tmp_path / "l", written(tmp_path, _export([text]), encoding))


def test_a_text_of_a_megabyte_and_one_of_100000_emoji_are_reviews_as_others_are(tmp_path: Path) -> None:
    long, drawn = "The queue was long. " * 50_000, "😀" * 100_000
    file = written(tmp_path, export(*ROWS, f"x8,2024-03-16,2,t,{long},a", f"x9,2024-03-17,3,t,{drawn},b"))
    landing, found = landed(tmp_path / "l", file)
    assert landing.reviews == 5 and [each.text for each in found[3:]] == [long.strip(), drawn]
