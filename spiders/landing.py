"""A landing: pages, reviews and rejects on disk, and a manifest written last; without it nothing has landed."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from spiders import reasons
from spiders.checkpoint import CHECKPOINT, cleared, salvage
from spiders.items import Landing, Page, Review, Verdict
from spiders.warc import RecordError, WarcWriter, read_records, record_id

PAGES, REVIEWS, REJECTS, MANIFEST = "pages.warc.gz", "reviews.jsonl", "rejects.jsonl", "manifest.json"


__all__ = ["LandingError", "LandingWriter", "from_manifest", "landing_id", "read_landing", "read_pages", "read_reviews"]
__all__ += ["MANIFEST", "PAGES", "REJECTS", "REVIEWS", "record_id"]


class LandingError(ValueError):
    """A landing that may not be read, or a review that may not be written: one sentence."""


def landing_id(engagement: str, listing: str, digests: list[str]) -> str:
    """The id of a landing, derived from what was read and for whom."""
    return sha256("\n".join([engagement, listing, *digests]).encode()).hexdigest()[:32]


class LandingWriter:
    """Writes one landing. Leaving the `with` without `finish` leaves no manifest, so nothing has landed."""

    def __init__(self, out: Path, *, pages: bool = True) -> None:
        if (out / MANIFEST).exists():
            raise LandingError(f"{out}: something has landed here already; a landing is never written over")
        if pages:
            salvage(out / PAGES, out / CHECKPOINT)
        # What a killed run left has no manifest: its pages are kept to be read back, nothing else is.
        cleared(out, keep=CHECKPOINT if pages else None)
        self.out, self.reviews, self.rejects = out, 0, 0
        self._digests: list[str] = []
        self._rows = (out / REVIEWS).open("wb")
        self._refused = (out / REJECTS).open("wb")
        self._file: IO[bytes] | None = (out / PAGES).open("wb") if pages else None
        self._warc = WarcWriter(self._file) if self._file else None
        self._whole, self._before_last = sha256(), sha256()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for each in self._open():
            each.close()

    def _open(self) -> list[IO[bytes]]:
        return [each for each in (self._rows, self._refused, self._file) if each is not None]

    def page(self, page: Page, headers: Mapping[str, str] | None = None, asked: Mapping[str, str] | None = None) -> str:
        """Keep a page as evidence, with the request's headers (`asked`) where they are known; returns its record id."""
        self._digests.append(page.sha256)
        self._evidence().page(page, headers or ({"Content-Type": page.kind} if page.kind else {}), asked or {})
        return record_id(page)

    def unchanged(self, page: Page, at: str) -> None:
        """Keep as evidence that the site said at that time that this page, which is kept here too, is as it was."""
        self._evidence().unchanged(page, at)

    def _evidence(self) -> WarcWriter:
        if self._warc is None:
            raise LandingError("this landing was opened without pages")
        return self._warc

    def evidence(self, digest: str) -> None:
        """Note the digest of a file that was read: an export's evidence is the file itself."""
        self._digests.append(digest)

    def review(self, review: Review) -> None:
        """Write a sealed review; refuses one that still carries a name."""
        if review.author is not None:
            raise LandingError("a review that still carries its author may not be written: seal it first")
        line = json.dumps(review.as_json(), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        self._before_last = self._whole.copy()
        self._whole.update(line)
        self._rows.write(line)
        self.reviews += 1

    def reject(self, row: Mapping[str, Any]) -> None:
        """Count and keep what could not be read: where it stands and why."""
        self._refused.write(json.dumps(row, ensure_ascii=False, sort_keys=True).encode() + b"\n")
        self.rejects += 1

    def abandon(self) -> None:
        """Take back what was written: this landing is not to be."""
        for each in self._open():
            each.close()
        shutil.rmtree(self.out)

    def finish(self, *, workspace: Path | None = None, **facts: Any) -> Landing:
        """Flush everything to the disk, then move the manifest into place: from here on it has landed."""
        for each in self._open():
            each.flush()
            os.fsync(each.fileno())
            each.close()
        (self.out / CHECKPOINT).unlink(missing_ok=True)  # what was of use in it is in the pages now
        names = [REVIEWS, REJECTS, *([PAGES] if self._warc is not None else [])]
        landing = Landing(
            id=landing_id(facts["engagement"], facts["listing"], self._digests or [facts["stop_reason"]]),
            path=_relative(self.out, workspace),
            reviews=self.reviews,
            rejects=self.rejects,
            files={name: _digest(self.out / name) for name in sorted(names)},
            **facts,
        )
        _write_manifest(self.out, landing, self._before_last.hexdigest())
        return landing


def _relative(out: Path, workspace: Path | None) -> str:
    return out.resolve().relative_to(workspace.resolve()).as_posix() if workspace else out.name


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _write_manifest(out: Path, landing: Landing, before_last: str) -> None:
    # The second digest lets a reader tell a last line that was cut off from a file that was tampered with.
    manifest = asdict(landing) | {"reviews_without_last": before_last}
    part = out / f"{MANIFEST}.part"
    with part.open("w", encoding="utf-8") as file:
        json.dump(manifest, file, ensure_ascii=False, sort_keys=True, indent=1)
        file.flush()
        os.fsync(file.fileno())
    part.rename(out / MANIFEST)
    folder = os.open(out, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_landing(path: Path, *, verify: bool = True) -> Landing:
    """The manifest of a landing, its files checked against their digests; raises `LandingError`.

    A last review that was cut off is dropped, counted and makes the landing partial; any other difference refuses it.
    """
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LandingError(reasons.NOTHING_LANDED(path=path, file=MANIFEST)) from None
    except ValueError as wrong:
        raise LandingError(f"{path / MANIFEST} is broken: {wrong}") from None
    before_last = manifest.pop("reviews_without_last")
    landing = from_manifest(manifest)
    if not verify:
        return landing
    wrong_files = [name for name, digest in landing.files.items() if not _is(path / name, digest)]
    if wrong_files == [REVIEWS] and _cut_off(path / REVIEWS, before_last):
        return _without_last(landing)
    if wrong_files:
        raise LandingError(reasons.DIGESTS_DIFFER(path=path, files=", ".join(wrong_files)))
    return landing


def from_manifest(manifest: Mapping[str, Any]) -> Landing:
    """A `Landing` from its JSON form: the line that a crawl prints, or the file."""
    plain = {name: value for name, value in manifest.items() if name != "reviews_without_last"}
    for name in ("pages_failed", "problems"):
        plain[name] = tuple(plain[name])
    return Landing(**plain | {"verdict": Verdict(**plain["verdict"])})


def _is(path: Path, digest: str) -> bool:
    return path.is_file() and _digest(path) == digest


def _cut_off(path: Path, before_last: str) -> bool:
    if not path.is_file():
        return False
    lines, whole = sha256(), False
    with path.open("rb") as file:
        for line in file:
            if whole := line.endswith(b"\n"):
                lines.update(line)
    return not whole and lines.hexdigest() == before_last


def _without_last(landing: Landing) -> Landing:
    told = reasons.LAST_LINE_LOST(file=REVIEWS)
    verdict = replace(landing.verdict, name="partial", reason=told)
    return replace(landing, reviews=landing.reviews - 1, problems=(*landing.problems, told), verdict=verdict)


def read_reviews(path: Path) -> Iterator[Review]:
    """The reviews of a landing, one after the other; a last line that was cut off is left out."""
    with (path / REVIEWS).open("rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                yield Review.from_json(json.loads(line))


def read_pages(path: Path) -> Iterator[tuple[str, Page]]:
    """Record id and page of every record in a landing's WARC; raises `LandingError` where a digest differs."""
    if not (path / PAGES).is_file():
        return
    with (path / PAGES).open("rb") as file:
        try:
            for name, page, _ in read_records(file):
                yield name, page
        except RecordError as wrong:
            raise LandingError(f"{path / PAGES}: {wrong}") from None
