"""What is at stake in the customers' words: who leaves, who warns, grave cases and how they went; and hand-offs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from audits.analysis.gaps import frame
from audits.analysis.given import Given
from audits.analysis.heard import is_complaint
from audits.analysis.intervals import share
from audits.analysis.measures import Named, Value
from audits.analysis.panel import Panel, is_case
from audits.analysis.revenue import revenue
from audits.analysis.severity import abouts, flags
from audits.analysis.values import Figure, NotObservable, Statement
from audits.catalogue import gettext, marked

MOMENTS = (
    marked("Safety"), marked("Money taken"), marked("Lost property"), marked("Discrimination"),
    marked("Legal or press threats"), marked("Called fraud or unlawful"),
)  # fmt: skip
_ABOUT = {
    "safety": "Safety",
    "money lost": "Money taken",
    "law": "Legal or press threats",
    "police": "Legal or press threats",
    "press": "Legal or press threats",
    "unlawful": "Called fraud or unlawful",
}
_LOST = re.compile(
    r"\b(?:lost|losing|stole[n]?|missing|never (?:found|returned|saw)|disappeared|vanished)\b", re.IGNORECASE
)
SIGNS = Path(__file__).with_name("signs.toml")
SURE = 0.555
"""Confidence from which a gap alone makes a case of lost property; of safety it must be told plainly by itself."""
CONTENT = 4.5
"""Stars from which a review tells of misfortune as the occasion on which it was served, not as the firm's doing."""
ORDINARY = {"insurer": frozenset({"Safety", "Lost property"})}
"""Kinds that are what customers come with in a trade: what was lost or hurt is what is insured."""
_CARED_FOR = re.compile(r"\b(?:ambulances?|injur(?:ed|y|ies)|fractured?|concussion)\b", re.IGNORECASE)
"""What patients come with or in: of those who treat it such a word by itself tells no harm."""
_ORDINARY_CUES = {"police"}
"""Where misfortune is what customers come with, they were with the police about it."""
_GRAVE = frozenset({"grave", "discrimination"})
_WHERE = frozenset({"custody", "safety"})
"""Flags and gaps without which a statement tells of no grave case."""
MIN_REVIEWS = 3
SAME = {"web": "website", "branch": "in-person"}
"""Channels that two cue lists name differently."""
HANDED = {
    "passed on": marked("Passed between departments or people"),
    "contradicted": marked("Told different things by different people"),
    "told again": marked("Had to tell it again"),
}

CHANNELS = (
    marked("phone"), marked("email"), marked("website"), marked("app"), marked("chat"), marked("in-person"),
)  # fmt: skip
"""As the pairs of channels are named."""

Keys = set[str]


Graves = Mapping[str, Sequence[Statement]]
"""Review → what it says of a grave failing (`grave`)."""


def value(panel: Panel, given: Given, graves: Graves) -> Value:
    """Voices with intervals, grave cases as counts, and revenue where a study fits."""
    said = [one for own in panel.statements.values() for one in own if one.flags]
    bad = [one for own in panel.complaints.values() for one in own if one.flags]
    grave = _by_kind(graves, given.industry)
    figure, says, studies = revenue(panel, given)
    return Value(
        voices=_voices(panel, said, bad),
        moments=tuple(Named(name=gettext(name), figure=_cases(panel, grave[name])) for name in MOMENTS),
        outcomes=_outcomes(panel, set().union(*grave.values()), said, bad),
        revenue=figure,
        revenue_says=says,
        studies=studies,
    )


def _voices(panel: Panel, said: Sequence[Statement], bad: Sequence[Statement]) -> tuple[Named, ...]:
    """`said` are all statements with a flag, `bad` those of them that complain."""
    leaves, warns = _flagged(bad, "leaving"), _flagged(bad, "warning")
    good = _flagged((one for one in said if not is_complaint(one, panel.threshold)), "recommends") - warns
    rows = (
        (gettext("Say that they leave or do not come back"), leaves),
        (gettext("Warn others"), warns),
        (gettext("Either of the two"), leaves | warns),
        (gettext("Recommend"), good),
    )
    return tuple(Named(name=name, figure=_part(panel, keys)) for name, keys in rows)


def _flagged(statements: Iterable[Statement], flag: str) -> Keys:
    return {one.review for one in statements if flag in one.flags}


def _part(panel: Panel, keys: Keys) -> Figure:
    return share(len(keys), int(panel.readable.sum()), method="voices", evidence=sorted(keys))


def _cases(panel: Panel, keys: Keys) -> Figure:
    n = int(panel.readable.sum())
    return Figure(value=float(len(keys)), unit="reviews", n=n, method="moments", evidence=tuple(sorted(keys)))


def _by_kind(graves: Graves, industry: str) -> dict[str, Keys]:
    """Kind → reviews with a grave case of it."""
    found: dict[str, Keys] = {name: set() for name in MOMENTS}
    for review, said in graves.items():
        for one in said:
            for kind in kinds(one, industry):
                found[kind].add(review)
    return found


def grave(panel: Panel, industry: str) -> dict[str, list[Statement]]:
    """Review → what it says of a grave failing; a review that is content tells of none."""
    bad = {
        review.key: panel.complaints[review.key]
        for review in panel.reviews
        if review.key in panel.complaints and (review.rating is None or review.rating < CONTENT)
    }
    told = {review: [one for one in said if any(kinds(one, industry))] for review, said in bad.items()}
    return {review: said for review, said in told.items() if said}


def _surely(one: Statement) -> set[str]:
    """The gaps of which a statement is surely."""
    return {score.gap for score in one.gaps if score.confidence >= SURE}


@lru_cache(maxsize=16)
def _ordinary(industry: str) -> frozenset[str]:
    """What is no grave case in a trade; asked for at every statement."""
    return ORDINARY.get(frame().industry(industry) or "", frozenset())


def kinds(one: Statement, industry: str = "") -> Iterable[str]:
    """The kinds of grave case that a statement tells of to a business of this trade; none for most."""
    if not _may_be_grave(one):
        return ()
    sure = _surely(one)
    told = {"Discrimination"} if "discrimination" in one.flags else set()
    ordinary = _ordinary(industry)
    if "grave" in one.flags:
        about = abouts(_harm(one.text, industry), "grave") - (_ORDINARY_CUES if ordinary else set())
        told |= {_ABOUT[each] for each in about}
    if "custody" in sure and _LOST.search(one.text):
        told.add("Lost property")
    if "Safety" not in ordinary and any(score.gap == "safety" and is_case(one, score) for score in one.gaps):
        told.add("Safety")
    return sorted(told - ordinary)


def _harm(text: str, industry: str) -> str:
    """The statement without what those who treat harm are only told of, not blamed for."""
    return _CARED_FOR.sub(" ", text) if frame().industry(industry) == "clinic" else text


def _may_be_grave(one: Statement) -> bool:
    """Whether any kind looks at it: of most statements none does."""
    return not _GRAVE.isdisjoint(one.flags) or any(score.gap in _WHERE for score in one.gaps)


def _outcomes(panel: Panel, grave: Keys, said: Sequence[Statement], bad: Sequence[Statement]) -> tuple[Named, ...]:
    """Put right in the customer's own words; or not, and they leave, warn or asked again and again; and unanswered."""
    righted = _flagged(said, "recovery") & grave
    worse = (_flagged(bad, "leaving") | _flagged(bad, "warning") | _flagged(bad, "repeat-contact")) & grave - righted
    replied = {review.key for review in panel.reviews if review.reply_text}
    rows = [
        Named(name=gettext("Grave cases in all"), figure=_cases(panel, grave)),
        Named(name=gettext("Put right, says the customer"), figure=_cases(panel, righted)),
        Named(name=gettext("Not put right, and they leave, warn or asked again"), figure=_cases(panel, worse)),
    ]
    if replied:
        rows.append(Named(name=gettext("Without a public reply"), figure=_cases(panel, grave - replied)))
    else:
        none = NotObservable(reason=gettext("The sources hold no replies."))
        rows.append(Named(name=gettext("Without a public reply"), figure=none))
    return tuple(rows)


def handoffs(panel: Panel) -> tuple[Named, ...] | NotObservable:
    """Reviews that were handed on, asked again, or went from channel to channel, with intervals."""
    found: dict[str, Keys] = {name: set() for name in HANDED.values()}
    again: Keys = set()
    handed: Keys = set()
    channels: dict[str, set[str]] = {}
    for own in panel.complaints.values():
        for one in own:
            for sign in flags(one.text, SIGNS):
                if sign in HANDED:
                    found[HANDED[sign]].add(one.review)
            if "handoff" in one.flags:
                handed.add(one.review)
            if "repeat-contact" in one.flags:
                again.add(one.review)
            used = {_channel(flag) for flag in one.flags if flag.startswith("channel:")}
            channels.setdefault(one.review, set()).update(used)
    in_all = handed | set().union(*found.values())
    kinds = {gettext(name): keys for name, keys in found.items() if keys != in_all}
    handed_on = {gettext("Handed from one to another"): in_all, **kinds}
    return _handed(panel, {**handed_on, gettext("Asked more than once"): again}, channels)


def _channel(flag: str) -> str:
    name = flag.removeprefix("channel:")
    return SAME.get(name, name)


def _handed(
    panel: Panel, found: Mapping[str, Keys], channels: Mapping[str, set[str]]
) -> tuple[Named, ...] | NotObservable:
    hopping = {key for key, used in channels.items() if len(used) > 1}
    pairs: dict[str, Keys] = {}
    for key in hopping:
        for one, other in combinations(sorted(channels[key]), 2):
            name = gettext("Both %(one)s and %(other)s", one=gettext(one), other=gettext(other))
            pairs.setdefault(name, set()).add(key)
    rows = {**found, gettext("Complaints over two channels or more"): hopping}
    rows |= dict(sorted(pairs.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:5])
    n = int(panel.readable.sum())
    told = tuple(
        Named(name=name, figure=share(len(keys), n, method="hand-offs", evidence=sorted(keys)))
        for name, keys in rows.items()
        if len(keys) >= MIN_REVIEWS
    )
    return told or NotObservable(reason=gettext("Fewer than %(n)s reviews report any of it.", n=MIN_REVIEWS))
