"""ACCEPTANCE h51, h52, h57 and h58: files as they are handed in."""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import Any

import pytest

from spiders.intake.export import IntakeError, land_export, propose
from spiders.items import Landing, Review
from spiders.landing import read_reviews

KEY = b"k" * 32
HEADER = "id,date,rating,title,text,author"
ROWS = [
    'x1,2024-03-13,5,"Good","Très bien, café parfait",Zoë Example',
    'x2,2024-03-14,1,"Bad","He said ""no"",\nand left; twice",Ann Example',
    "x3,2024-03-15,4,Fine,All was well in the end of it,Bob Example",
]


def written(folder: Path, text: str, encoding: str = "utf-8", name: str = "export.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def export(*rows: str, header: str = HEADER) -> str:
    return "\n".join([header, *rows]) + "\n"


def landed(out: Path, *files: Path, **given: Any) -> tuple[Landing, list[Review]]:
    facts = {"engagement": "e", "listing": "a", "business": "Bench & Co", "site": "other", "key": KEY, "out": out}
    landing = land_export(files=files, **(facts | given))
    return landing, list(read_reviews(out))


def rejects(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "rejects.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_an_export_reads_the_same_in_every_encoding_and_form(
    tmp_path: Path, encoding: str, delimiter: str, end: str
) -> None:
    cells = [
        ["id", "date", "rating", "title", "text", "author"],
        ["x1", "2024-03-13", "5", "Good", "Très bien, café; parfait", "Zoë Example"],
        ["x2", "2024-03-14", "1", "Bad", f'He said ""no""{end}and left', "Ann Example"],
    ]
    text = "".join(delimiter.join(f'"{cell}"' for cell in row) + end for row in cells)
    _, found = landed(tmp_path / "l", written(tmp_path, text, encoding))
    assert [each.id for each in found] == ["x1", "x2"]
    assert [each.text for each in found] == ["Très bien, café; parfait", 'He said "no"\nand left']
    assert [each.rating for each in found] == [5.0, 1.0]


def test_a_ragged_row_and_an_empty_one_are_in_the_rejects_with_line_and_reason(tmp_path: Path) -> None:
    file = written(tmp_path, export(*ROWS, "x4,2024-03-16,2", "x5,,,,,", "x6,2024-03-16,2,t,A text of its own,b,extra"))
    landing, found = landed(tmp_path / "l", file)
    assert [each.id for each in found] == ["x1", "x2", "x3"]
    assert [(each["line"], each["reason"]) for each in rejects(tmp_path / "l")] == [
        (6, "has 3 fields, the header has 6"),
        (7, "has neither text nor rating"),
        (8, "has 7 fields, the header has 6"),
    ]
    assert (landing.rejects, landing.verdict.name, landing.verdict.scope) == (3, "complete", "file")
    assert landing.mapping["read"] == landing.reviews + landing.rejects == 6


def test_what_a_survey_tool_writes_where_nobody_wrote_is_no_text(tmp_path: Path) -> None:
    rows = [
        "x7,2024-03-16,2,,Did not answer.,Ann",
        "x8,2024-03-16,,,N/A,Bea",
        "x9,2024-03-16,2,,They did not answer,Cy",
    ]
    _, found = landed(tmp_path / "l", written(tmp_path, export(*rows)), scale=5)
    assert [(each.id, each.text) for each in found] == [("x7", None), ("x9", "They did not answer")]
    assert [each["reason"] for each in rejects(tmp_path / "l")] == ["has neither text nor rating"]


def test_the_rejects_hold_nobodys_words(tmp_path: Path) -> None:
    landed(tmp_path / "l", written(tmp_path, export(*ROWS, "secret words of Ann Example,too few")))
    assert "secret" not in (tmp_path / "l" / "rejects.jsonl").read_text()
    assert "secret" not in (tmp_path / "l" / "manifest.json").read_text()


LANGUAGES = {
    "Bewertungs-ID;Datum;Sterne;Überschrift;Bewertungstext;Verfasser": "d1;13.03.2024;4,5;Gut;Das Essen war kalt;Uli",
    "identifiant;Date de publication;Note;Titre;Commentaire;Auteur": "d1;13/03/2024;4,5;Bien;Le plat est froid;Lou",
    "identificador;Fecha;Puntuación;Título;Comentario;Autor": "d1;13/03/2024;4,5;Bien;La comida llegó fría;Luz",
    "Complaint ID;Date received;Star Rating;Review Title;Review Text;Name": "d1;13/03/2024;4,5;Ok;It came cold;Lou",
    "Review ID;Review Date;Star Rating;Review Title;Review Text;Name": "d1;13/03/2024;4,5;Ok;The food came cold;Lou",
}


@pytest.mark.parametrize(("header", "row"), LANGUAGES.items())
def test_a_header_in_another_language_is_recognised(tmp_path: Path, header: str, row: str) -> None:
    file = written(tmp_path, f"{header}\n{row}\n{row.replace('d1', 'd2').replace('4,5', '5')}\n")
    _, [found, _] = landed(tmp_path / "l", file)
    assert (found.id, found.posted.on, found.rating, found.rating_raw) == ("d1", "2024-03-13", 4.5, "4,5")
    assert found.title and found.text and found.author_key


def test_the_branch_and_the_owners_reply_are_recognised_in_french(tmp_path: Path) -> None:
    header = "Date,Note,Commentaire,Établissement,Réponse du propriétaire"
    row = "2024-03-13,5,Le plat est froid,Lyon,Nous sommes navrés"
    _, [found] = landed(tmp_path / "l", written(tmp_path, export(row, header=header)))
    assert found.location == "Lyon" and found.reply is not None and found.reply.text == "Nous sommes navrés"


def test_columns_without_a_telling_name_are_recognised_by_their_values(tmp_path: Path) -> None:
    rows = [f"{day},{1 + day % 5},2024-03-{day:02d},The room was cold on visit number {day}" for day in range(1, 29)]
    proposal = propose(written(tmp_path, export(*rows, header="a,b,c,d")))
    assert dict(proposal.columns.fields) == {"text": "d", "rating": "b", "posted": "c"}
    assert "prose" in proposal.columns.how["text"]
    assert "rating       'b'" in str(proposal)
    assert json.loads(json.dumps(proposal.as_json()))["columns"]["fields"]["rating"] == "b"


def test_the_mark_that_a_site_gives_a_business_in_every_row_is_no_reviewers_mark(tmp_path: Path) -> None:
    rows = [
        f"{name},{day % 5 + 1},2024-03-{day:02d},The soup was cold on visit {day},{mark},{day % 4 + 1}"
        for name, mark in (("Ostrey", 4.5), ("Tidewell", 4))
        for day in range(1, 13)
    ]
    file = written(tmp_path, export(*rows, header="business,rating,date,text,place rating,food rating"))
    assert dict(propose(file).columns.subratings) == {"food": "food rating"}


REFUSED = {
    "empty": ("", "empty", "Export"),
    "blank": (" \n\n", "empty", "Export"),
    "header alone": (HEADER + "\n", "no rows", "Export"),
    "no text": ("id,rating\nx1,5\n", "the text of the review", "columns ="),
    "no rating": ("id,text\nx1,The soup was cold when it came\n", "the rating", "columns ="),
    "one column": ("The soup was cold\nThe bread was old\n", "no columns", "CSV"),
    "open quote": (export(*ROWS, 'x4,2024-03-16,2,t,"A text that', *ROWS), "never closes", "quote"),
    "two orders": (export("x1,13/03/2024,5,t,Some text,a", "x2,03/13/2024,5,t,Some text,b"), "month", "date_order"),
    "no order": (export("x1,03/04/2024,5,t,Some text,a"), "cannot be told apart", "date_order"),
    "no scale": (export("x1,2024-03-13,3,t,Some text,a", "x2,2024-03-13,2,t,Some text,b"), "does not tell", "scale ="),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_understood_is_refused_with_the_next_step(tmp_path: Path, case: str) -> None:
    text, reason, step = REFUSED[case]
    with pytest.raises(IntakeError) as refused:
        landed(tmp_path / "l", written(tmp_path, text))
    assert "export.csv" in str(refused.value) and reason in refused.value.reason and step in refused.value.next_step
    assert not (tmp_path / "l").exists()


def test_what_the_file_does_not_tell_the_engagement_may_say(tmp_path: Path) -> None:
    file = written(tmp_path, export("x1,03/04/2024,3,t,Some text,a", "x2,05/06/2024,2,t,Some text,b"))
    _, found = landed(tmp_path / "l", file, date_order="DMY", scale=5)
    assert [each.posted.on for each in found] == ["2024-04-03", "2024-06-05"]
    _, found = landed(tmp_path / "m", file, date_order="MDY", scale=10)
    assert [(each.posted.on, each.rating_scale) for each in found] == [("2024-03-04", "1-10"), ("2024-05-06", "1-10")]


def test_the_order_of_each_file_is_proved_by_itself(tmp_path: Path) -> None:
    first = written(tmp_path, export("x1,13/03/2024,5,t,Some text,a", "x2,02/03/2024,5,t,Some text,b"), name="a.csv")
    second = written(tmp_path, export("x3,03/14/2024,5,t,Some text,c", "x4,2024-03-15,5,t,Some text,d"), name="b.csv")
    _, found = landed(tmp_path / "l", first, second)
    days = {each.id: each.posted.on for each in found}
    assert days == {"x1": "2024-03-13", "x2": "2024-03-02", "x3": "2024-03-14", "x4": "2024-03-15"}


def test_the_same_export_twice_and_a_longer_one_add_only_what_is_new(tmp_path: Path) -> None:
    header = "date,rating,text,author"
    rows = [f"2024-03-{1 + at % 28:02d},{1 + at % 5},Some text number {at},Person {at % 40}" for at in range(60)]
    rows += ["2024-03-13,5,Good,", "2024-03-13,5,Good,", "2024-03-13,1,Bad,"]
    old = written(tmp_path, export(*rows, header=header))
    longer = written(tmp_path, export("2024-04-01,2,News,Person 3", *rows, header=header), name="longer.csv")
    _, first = landed(tmp_path / "a", old)
    _, second = landed(tmp_path / "b", old)
    _, third = landed(tmp_path / "c", longer)
    both, fourth = landed(tmp_path / "d", old, longer)
    ids = [{each.id for each in read} for read in (first, second, third, fourth)]
    assert len(ids[0]) == len(first) == 63 and all(each.weak_id for each in first)
    assert ids[0] == ids[1] < ids[2] == ids[3]
    assert len(ids[2] - ids[0]) == 1
    assert both.mapping["doubles"] == 63


def test_rows_are_selected_by_a_filter_and_the_rest_is_counted(tmp_path: Path) -> None:
    header = "company,date,rating,text,branch"
    rows = [f"{'Alpha' if at % 3 else 'Beta'},2024-03-13,{1 + at % 5},Some text number {at},North" for at in range(30)]
    file = written(tmp_path, export(*rows, header=header))
    landing, found = landed(tmp_path / "l", file, where={"company": "beta"})
    assert len(found) == 10 and {(each.business, each.location) for each in found} == {("Bench & Co", "North")}
    assert landing.mapping["skipped"] == 20
    with pytest.raises(IntakeError, match=r"2 businesses.*where = \{ company"):
        landed(tmp_path / "m", file)
    with pytest.raises(IntakeError, match="Did you mean 'Beta'"):
        landed(tmp_path / "n", file, where={"company": "Betta"})
    with pytest.raises(IntakeError, match="Did you mean 'company'"):
        landed(tmp_path / "o", file, where={"compny": "Beta"})


def test_a_few_spoilt_bytes_in_a_utf8_file_spoil_those_letters_alone(tmp_path: Path) -> None:
    body = export(*[f"x{at},2024-03-13,5,t,Café numéro {at},a" for at in range(300)]).encode()
    path = tmp_path / "export.csv"
    path.write_bytes(body.replace("Café numéro 7,".encode(), b"Caf\xe9 num\xe9ro 7,"))
    _, found = landed(tmp_path / "l", path)
    assert [each.text for each in found][6:9] == ["Café numéro 6", "Caf\ufffd num\ufffdro 7", "Café numéro 8"]


def test_a_mark_at_the_start_is_not_part_of_the_first_columns_name(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(codecs.BOM_UTF8 + export(*ROWS).encode())
    assert propose(path).columns.fields["id"] == "id"


def test_progress_runs_to_the_end(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    rows = [f"x{at},2024-03-13,{1 + at % 5},t,Some text number {at},a" for at in range(1500)]
    landed(tmp_path / "l", written(tmp_path, export(*rows)), progress=lambda done, whole: seen.append((done, whole)))
    assert len(seen) == 4 and seen[-1][0] == seen[-1][1] and seen == sorted(seen)


def test_an_interrupted_reading_has_not_landed_and_a_second_one_has_neither_loss_nor_doubles(tmp_path: Path) -> None:
    rows = [f"x{at},2024-03-13,{1 + at % 5},t,Some text number {at},a" for at in range(3000)]
    file = written(tmp_path, export(*rows))

    def interrupt(done: int, whole: int) -> None:
        if done > whole // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        landed(tmp_path / "l", file, progress=interrupt)
    assert (tmp_path / "l" / "reviews.jsonl").stat().st_size and not (tmp_path / "l" / "manifest.json").exists()
    landing, found = landed(tmp_path / "l", file)
    assert [each.id for each in found] == [f"x{at}" for at in range(3000)] and landing.rejects == 0


def test_a_day_as_a_spreadsheet_shortens_it_is_recognised_and_read(tmp_path: Path) -> None:
    rows = [f"x{day},{day:02d}-Mar-24,{day % 5 + 1},t,Some text number {day},a" for day in range(1, 11)]
    _, found = landed(tmp_path / "l", written(tmp_path, export(*rows)))
    assert [each.posted.on for each in found[:2]] == ["2024-03-01", "2024-03-02"]
