"""Landings and publications are the same in a workspace and in a bucket; new files and deletions cross over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from audits.publish import publish
from audits.store import open_store
from flows.erase import forgotten, person
from flows.mirror import MirrorError, mirrored
from flows.plan import planned
from flows.retention import purged
from flows.settings import Settings, read
from tests.flows.command import KEY, complete, telltale
from tests.flows.engagements import engagement

NAME = "corner-cafe"


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """An S3 server on loopback."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A bucket of its own, which the environment leads to."""
    import fsspec

    for name, value in {"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "s3cret"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3)
    place = f"s3://telltale-{abs(hash(str(tmp_path)))}"
    fsspec.filesystem("s3").mkdir(place)
    monkeypatch.setenv("TELLTALE_MIRROR_URL", f"{place}/audits")
    return f"{place}/audits"


def landing(home: Path, when: str) -> Path:
    path = home / "landings" / NAME / "own" / when
    path.mkdir(parents=True)
    for name in ("reviews.jsonl", "pages.warc.gz", "manifest.json"):
        (path / name).write_text(f"{name} of {when}")
    return path


def published(settings: Settings, audit: str) -> Path:
    return publish(
        {"report.html": audit.encode()}, root=settings.publications, engagement=NAME, audit_id=audit
    ).path  # fmt: skip


def tree(home: Path) -> dict[str, str]:
    found = {}
    for root in ("landings", "publications"):
        for path in (home / root / NAME).rglob("*"):
            if path.is_symlink():
                found[path.relative_to(home).as_posix()] = f"→ {path.readlink()}"
            elif path.is_file() and not path.name.startswith("."):
                found[path.relative_to(home).as_posix()] = path.read_text()
    return found


def test_two_machines_hold_the_same_through_a_bucket(bucket: str, tmp_path: Path) -> None:
    one, two = (read(tmp_path / name) for name in ("one", "two"))
    first = landing(one.home, "20240101T020000000000Z")
    published(one, "2024-01-01-aaaaaaaa")
    under_way = one.home / "landings" / NAME / "own" / "20240102T020000000000Z"
    under_way.mkdir()
    (under_way / "pages.warc.gz").write_text("half a crawl")
    sent, whole = mirrored(one, NAME), len(tree(one.home)) - 1  # but for the crawl that is under way
    assert sent is not None and (sent.sent, sent.got, sent.deleted) == (whole, 0, 0)
    met = mirrored(two, NAME)
    assert met is not None and (met.sent, met.got, met.deleted) == (0, whole, 0)
    (under_way / "pages.warc.gz").unlink()
    assert tree(one.home) == tree(two.home)
    assert (two.publications / NAME / "latest-draft" / "report.html").read_text() == "2024-01-01-aaaaaaaa"

    (first / "pages.warc.gz").unlink()  # purged here
    published(two, "2024-01-02-bbbbbbbb")  # audited there
    mirrored(one, NAME)
    mirrored(two, NAME)
    mirrored(one, NAME)
    assert tree(one.home) == tree(two.home)
    assert not (two.home / first.relative_to(one.home) / "pages.warc.gz").exists()
    assert (one.publications / NAME / "latest-draft").readlink() == Path("2024-01-02-bbbbbbbb")
    again = mirrored(one, NAME)
    assert again is not None and (again.sent, again.got, again.deleted) == (0, 0, 0)


def test_who_is_forgotten_and_what_is_purged_on_one_machine_goes_from_what_another_one_landed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, bucket = engagement(tmp_path / "e", reviews=10), tmp_path / "bucket"
    settings = {"TELLTALE_KEY": KEY, "TELLTALE_STORE_URL": f"sqlite:///{tmp_path / 'shared.db'}"}
    for name, value in (settings | {"TELLTALE_MIRROR_URL": bucket.as_uri()}).items():
        monkeypatch.setenv(name, value)
    one = tmp_path / "one"
    complete(telltale("intake", file, file.parent / "own.csv", "--listing", "own", "--out", one, **settings))
    mirrored(read(one), NAME)

    def held() -> str:
        return "".join(each.read_text(encoding="utf-8") for each in bucket.rglob("reviews.jsonl"))

    plan = planned(file, home=tmp_path / "other")
    with open_store(plan.settings.store_url) as store:
        done = forgotten(plan, store, person(plan, store, name=None, review="r0", reason="asked"), by="dpo")
        assert (done.reviews, len(done.landings), len(held().splitlines())) == (1, 1, 9)
        plan = planned(file, home=tmp_path / "third")
        assert purged(plan, store, date(2027, 1, 1)).texts == 1
        assert "Delicious" not in held()
    settings["TELLTALE_MIRROR_URL"] = "nowhere://bucket"
    ran = telltale("forget", file, "--review", "r1", "--out", one, **settings)
    assert ran.returncode == 1 and ran.stderr.startswith("Nothing was erased: TELLTALE_MIRROR_URL")


def test_another_target_or_one_that_is_not_mounted_deletes_nothing_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, first, second = tmp_path / "home", tmp_path / "first", tmp_path / "second"
    held = landing(home, "a")
    for target in (first, second):
        monkeypatch.setenv("TELLTALE_MIRROR_URL", target.as_uri())
        met = mirrored(read(home), NAME)
        assert met is not None and (met.sent, met.deleted) == (3, 0)
    second.rename(tmp_path / "unmounted")
    with pytest.raises(MirrorError, match="holds nothing of corner-cafe any more"):
        mirrored(read(home), NAME)
    assert sorted(each.name for each in held.iterdir()) == ["manifest.json", "pages.warc.gz", "reviews.jsonl"]
    (tmp_path / "unmounted").rename(second)
    (held / "pages.warc.gz").unlink()
    met = mirrored(read(home), NAME)
    assert met is not None and met.deleted == 1


def test_a_target_that_is_away_is_a_sentence_without_what_is_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELLTALE_MIRROR_URL", "ftp://user:pa55word@127.0.0.1:1/audits")
    landing(tmp_path, "20240101T020000000000Z")
    with pytest.raises(MirrorError) as wrong:
        mirrored(read(tmp_path), NAME)
    assert "TELLTALE_MIRROR_URL: ftp://127.0.0.1:1/audits" in str(wrong.value)
    assert "pa55word" not in str(wrong.value)


def test_without_a_target_nothing_is_mirrored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TELLTALE_MIRROR_URL", raising=False)
    assert mirrored(read(tmp_path), NAME) is None
