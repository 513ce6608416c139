"""Which statements a person should label, and what labels say of the model: only the random part measures its error."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from typing import Literal

from audits.analysis.complaints import THRESHOLD
from audits.analysis.corrections import Applied, Place, place, spoken_of
from audits.analysis.intervals import share
from audits.analysis.values import Figure, Statement
from audits.store.records import StoredCorrection

RANDOM = 2 / 3
"""Part of a sample that is random; the rest is what the model doubts most."""
BINS = 10
Part = Literal["random", "doubtful"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What labels say of the model. Shares carry Wilson intervals; None where nothing was labelled for it."""

    labelled: int
    random: int
    accuracy: Figure | None
    """Random part: the person's label is the model's (one of the person's gaps is the model's first)."""
    complaint: Figure | None
    """Random part: complaint or not."""
    gap: Figure | None
    """Random part, where both see a complaint of a process: the gap."""
    calibration: float | None
    """Expected calibration error of the gap's confidence, BINS bins."""
    both: int
    """Statements that two people labelled."""
    agreement: float | None
    kappa: float | None
    raised: Mapping[str, int]
    lowered: Mapping[str, int]
    """Gap → corrections that gave it where the model had not, and took it where the model had."""
    orphans: int


def drawn(statements: Sequence[Statement], count: int, taken: Collection[Place]) -> list[tuple[Statement, Part]]:
    """`count` statements that are not `taken`: first the random ones, in an order that goes on where it stopped."""
    free = [each for each in statements if place(each) not in taken]
    ordered = sorted(free, key=lambda one: _chance(place(one)))
    random = ordered[: round(count * RANDOM)]
    chosen = {place(each) for each in random}
    rest = [each for each in most_doubtful(free, count) if place(each) not in chosen]
    doubtful = rest[: count - len(random)]
    return [(each, "random") for each in random] + [(each, "doubtful") for each in doubtful]


def _chance(at: Place) -> str:
    """A digest of the place: an order that nothing in the text decides, and that stays as statements arrive."""
    return sha256(repr(at).encode()).hexdigest()


def most_doubtful(statements: Iterable[Statement], count: int) -> list[Statement]:
    """Those the model is least sure of, one a review."""
    first: dict[str, Statement] = {}
    for each in sorted(statements, key=lambda one: (-doubt(one), _chance(place(one)))):
        first.setdefault(each.review, each)
        if len(first) >= count:
            break
    return list(first.values())


def doubt(statement: Statement) -> float:
    """0–1: how near to half the complaint is, or how far from sure its gap."""
    about = 1 - abs(2 * statement.complaint - 1)
    if statement.complaint < THRESHOLD:
        return about
    sure = statement.gaps[0].confidence if statement.gaps else 0.0
    return max(about, 1 - sure) if statement.gaps or statement.outside is None else about


def read_as(statement: Statement) -> tuple[str, ...]:
    """The label that the model gives: its gaps, else what it is outside of them."""
    if statement.complaint >= THRESHOLD and statement.gaps:
        return tuple(score.gap for score in statement.gaps)
    return (statement.outside or ("vague" if statement.complaint >= THRESHOLD else "neutral"),)


def given(each: StoredCorrection) -> tuple[str, ...]:
    """The label that a person gave."""
    gaps = tuple(str(gap) for gap in each.label.get("gaps") or ())
    return gaps or (str(each.label.get("outside")),)


def complains(label: Sequence[str]) -> bool:
    return label[0] not in ("praise", "neutral")


def evaluate(found: Applied, slugs: Sequence[str]) -> Evaluation:
    """Everything that `telltale evaluate` prints, from corrections on the statements as the model read them."""
    random = _random(found.held)
    pairs = [(given(each), statement) for each, statement in random]
    gaps = [(label, one) for label, one in pairs if label[0] in slugs and one.complaint >= THRESHOLD and one.gaps]
    both, agreement, kappa = agreed(found.held)
    raised, lowered = _moved(found, slugs)
    return Evaluation(
        labelled=len({place(statement) for _, statement in found.held}),
        random=len(pairs),
        accuracy=_share([read_as(one)[0] in label for label, one in pairs]),
        complaint=_share([complains(label) == (one.complaint >= THRESHOLD) for label, one in pairs]),
        gap=_share([one.gaps[0].gap in label for label, one in gaps]),
        calibration=_calibration([(one.gaps[0].confidence, one.gaps[0].gap in label) for label, one in gaps]),
        both=both,
        agreement=agreement,
        kappa=kappa,
        raised=raised,
        lowered=lowered,
        orphans=len(found.orphans),
    )


def _once(
    held: Iterable[tuple[StoredCorrection, Statement]],
) -> list[tuple[StoredCorrection, Statement]]:
    """The latest label of each statement."""
    last = {place(statement): (each, statement) for each, statement in held}
    return [last[key] for key in sorted(last)]


def _random(held: Sequence[tuple[StoredCorrection, Statement]]) -> list[tuple[StoredCorrection, Statement]]:
    """The last word on each statement that was drawn at random, whichever way it was said.

    One that was labelled for being doubtful is not drawn any more. It counts as drawn where a later draw has passed its
    turn, else a second sample would hold hardly anything that the model doubts.
    """
    said = sorted(held, key=lambda pair: pair[0].at)
    first: dict[tuple[str, str], tuple[str, Place]] = {}
    for each, statement in said:
        first.setdefault((each.part, _chance(spoken_of(each))), (each.at, place(statement)))
    turns = [(chance, at) for (part, chance), (at, _) in first.items() if part == "random"]
    drawn = {
        where
        for (part, chance), (at, where) in first.items()
        if part == "random" or (part == "doubtful" and any(turn > chance and later > at for turn, later in turns))
    }
    return [(each, statement) for each, statement in _once(held) if place(statement) in drawn]


def _share(hits: Sequence[bool]) -> Figure | None:
    return share(sum(hits), len(hits), method="accuracy") if hits else None


def _calibration(found: Sequence[tuple[float, bool]]) -> float | None:
    """Expected calibration error (Naeini, Cooper and Hauskrecht 2015)."""
    if not found:
        return None
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, right in found:
        bins[min(BINS - 1, int(sure * BINS))].append((sure, right))
    return sum(abs(sum(sure for sure, _ in own) - sum(right for _, right in own)) for own in bins.values()) / len(found)


def agreed(held: Iterable[tuple[StoredCorrection, Statement]]) -> tuple[int, float | None, float | None]:
    """Statements that two people labelled, the share they agree on, and Cohen's kappa (1960), pairs pooled.

    A correction is no second opinion: it is made in the knowledge of a label, often to settle between two.
    """
    said: dict[Place, dict[str, str]] = defaultdict(dict)
    for each, statement in held:
        if each.part != "correct":
            said[place(statement)][each.who] = given(each)[0]
    pairs = [pair for own in said.values() for pair in combinations([own[who] for who in sorted(own)], 2)]
    if not pairs:
        return 0, None, None
    same = sum(one == other for one, other in pairs) / len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(first[label] * second[label] for label in first) / len(pairs) ** 2
    return sum(len(own) > 1 for own in said.values()), same, 1.0 if chance == 1 else (same - chance) / (1 - chance)


def _moved(found: Applied, slugs: Sequence[str]) -> tuple[dict[str, int], dict[str, int]]:
    raised, lowered = Counter[str](), Counter[str]()
    for each, statement in _once(found.held):
        theirs, ours = set(given(each)) & set(slugs), set(read_as(statement)) & set(slugs)
        raised.update(theirs - ours)
        lowered.update(ours - theirs)
    return dict(sorted(raised.items())), dict(sorted(lowered.items()))


def at_random(held: Sequence[tuple[StoredCorrection, Statement]]) -> tuple[tuple[str, str], ...]:
    """(the model's label, the person's) of every statement that was drawn at random, the last word on each."""
    return tuple((read_as(statement)[0], given(each)[0]) for each, statement in _random(held))
