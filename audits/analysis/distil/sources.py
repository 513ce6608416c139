"""What the teacher and the encoder read beside the bank: two sets with an open licence, neither in the crosswalk."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from audits.analysis import text
from audits.analysis.words import TOKEN

CONTRACTIONS = (
    "dont cant wont didnt doesnt isnt wasnt werent couldnt wouldnt shouldnt havent hasnt hadnt arent aint im ive ill "
    "id youve youre theyre theyve weve thats"
)
SIGNS = ("<pad>", "0", "!", "?", "£", "$", "€", "%")


def lounge_sentences(reviews: Path) -> list[str]:
    """Statements of skytrax/lounge.csv (CC0), without labels."""
    with (reviews / "skytrax" / "lounge.csv").open(encoding="utf-8", newline="") as file:
        whole = [row["content"] for row in csv.DictReader(file)]
    return [one[start:end] for one in whole for start, end in text.split(one)]


def mams_sentences(reviews: Path) -> dict[str, str]:
    """Sentences of MAMS (Apache-2.0) → complaint where any part is negative, else praise where any is positive."""
    polarities: dict[str, set[str]] = {}
    for task, tag in (("ATSA", "aspectTerm"), ("ACSA", "aspectCategory")):
        for part in ("train", "val", "test"):
            path = reviews / "mams" / f"MAMS-{task}" / f"{part}.xml"
            tree = ElementTree.parse(path)  # noqa: S314  a public set that the developer has downloaded
            for sentence in tree.iter("sentence"):
                found = polarities.setdefault(sentence.findtext("text") or "", set())
                found.update(each.get("polarity", "") for each in sentence.iter(tag))
    return {
        said: "complaint" if "negative" in found else "praise" if "positive" in found else "neutral"
        for said, found in polarities.items()
    }


def vocabulary(pieces: Sequence[str], texts: Sequence[str]) -> list[str]:
    """Signs, the plain English words and endings of the teacher's word pieces, and what the texts use twice."""
    counts = Counter(token for one in texts for token in TOKEN.findall(one.lower().replace("’", "'")))
    found = list(SIGNS)
    found += [piece for piece in pieces if re.fullmatch(r"[a-z]+", piece)]
    found += [piece for piece in pieces if re.fullmatch(r"##[a-z]+", piece)]
    found += CONTRACTIONS.split()
    found += [word for word, count in sorted(counts.items()) if count >= 2 and re.fullmatch(r"[a-z]+", word)]
    return list(dict.fromkeys(found))


def spoken(word: str) -> str:
    """A word of the vocabulary as the teacher should read it."""
    if word.endswith("nt") and word in CONTRACTIONS.split():
        return word[:-2] + "n't"
    return word.removeprefix("##")
