"""The first page: the verdict in plain words, up to three leaks, one strength, and how sure we are and why."""

from __future__ import annotations

from collections.abc import Sequence

from audits.analysis.values import Findings, NotObservable, Sureness
from audits.report.actions import mondays
from audits.report.course import moves
from audits.report.cover import Cover, SourceLine
from audits.report.evidence import Book
from audits.report.model import FirstPage, Pareto, Piece
from audits.report.parts import LeakPage, StrengthLine
from audits.report.shortfall import LARGE_REST, rest_words
from audits.report.told import Light, Moments
from audits.report.words import because, count, day, decimal, listed, lower_first, percent, plural, said, span

TOP = 3
NAMED = 5
PROCESS, COMMERCIAL = "process", "commercial"
MUCH_UNREAD = 0.05
_GRADES = {
    "A": "nothing to hold against it",
    "B": "with a reserve",
    "C": "with serious reserves",
    "D": "not to be built on",
}
_ORDER: tuple[Sureness, ...] = ("low", "medium", "high")


def top_pages(leaks: Sequence[LeakPage]) -> tuple[LeakPage, ...]:
    """The first three; the first leak of a process takes the third place where none of them is one."""
    top = list(leaks[:TOP])
    process = next((page for page in leaks if page.factor == PROCESS), None)
    if process is not None and not any(page.factor == PROCESS for page in top):
        top[-1] = process
    return tuple(top)


def first_page(
    findings: Findings,
    cover: Cover,
    leaks: Sequence[LeakPage],
    strengths: Sequence[StrengthLine],
    pareto: Pareto | NotObservable,
    sources: Sequence[SourceLine],
    book: Book,
    moments: Moments | NotObservable,
) -> FirstPage:
    """Everything that an owner reads in a minute."""
    top = () if findings.thin else top_pages(leaks)
    titles = {page.gap: page.title for page in leaks}
    ours = [source for source in sources if source.business == cover.business]
    tied = _tied_with(findings, top[0].gap) if top else ()
    verdict = _verdict(findings, cover, top, [page for page in top if page.gap in tied])
    return FirstPage(
        headline="".join(piece.text for piece in verdict),
        verdict=verdict,
        lead=_lead(findings, top, pareto, book),
        moves=() if findings.thin else moves(leaks),
        based_on=_based_on(findings, cover, sources),
        leaks=tuple(page.gap for page in top),
        ties=() if findings.thin else _ties(findings, top, titles),
        strength=_strength(top, strengths),
        sureness=_sureness(findings, top, ours),
        reasons=_reasons(findings, top, ours),
        mondays=() if findings.thin else mondays(process_first(leaks, top)),
        graves=_graves(moments),
        light=_light(ours),
        unexplained=rest_words(pareto),
        vague=not findings.thin and findings.vague is not None and findings.vague.value > LARGE_REST,
    )


def process_first(leaks: Sequence[LeakPage], top: Sequence[LeakPage]) -> tuple[LeakPage, ...]:
    """The leaks of the first page, then the others, each once."""
    named = {page.gap for page in top}
    return (*top, *(page for page in leaks if page.gap not in named))


def _graves(moments: Moments | NotObservable) -> tuple[Piece, ...]:
    if isinstance(moments, NotObservable):
        return (Piece(text=because(moments)),)
    held = round(moments.cases.value)
    if not held:
        return (Piece(text="No grave case was read in the reviews we hold."),)
    first = moments.newest[0]
    newest = f", the newest of {day(first.posted_on, first.precision)} ({' and '.join(first.kinds).lower()})"
    told = Piece(text=plural(held, "grave case"), evidence=moments.cases.evidence)
    if isinstance(moments.unanswered, NotObservable):
        return (told, Piece(text=f" reported{newest}. Whether they were answered cannot be seen."))
    open_ = round(moments.unanswered.value)
    answered = Piece(text=f"{count(open_)} without a public reply", evidence=moments.unanswered.evidence)
    return (told, Piece(text=f" reported{newest}; "), answered, Piece(text="."))


def _light(ours: Sequence[SourceLine]) -> Light | NotObservable:
    """The letter under which most of the reviews of the audited business lie."""
    read = [source for source in ours if source.assessed and source.grade]
    if not read:
        return NotObservable(reason="no listing has a grade")
    held: dict[str, int] = {}
    for source in read:
        held[source.grade or ""] = held.get(source.grade or "", 0) + source.reviews
    grade = max(sorted(held), key=lambda letter: held[letter])
    part = percent(held[grade] / max(1, sum(held.values())))
    under = "" if len(held) == 1 else f" ({part} of the reviews)"
    return Light(grade=grade, says=f"{_GRADES[grade]}{under}.")


def _verdict(findings: Findings, cover: Cover, top: Sequence[LeakPage], tied: Sequence[LeakPage]) -> tuple[Piece, ...]:
    held = plural(findings.audited.reviews, "review")
    if findings.thin:
        words = f"We hold {held} of {cover.business}: too few to measure or to rank. This is a reading of cases."
        return (Piece(text=words),)
    if not top:
        return (Piece(text=f"No process of {cover.business} stands out as leaking in the {held} we hold."),)
    if len(tied) > 1:
        number = "Two" if len(tied) == 2 else "Three"
        opening = f"{number} leaks stand out at {cover.business}, too close to call by the stars that go with them: "
        return (Piece(text=opening), *_listed(tied), Piece(text="."))
    return (
        Piece(text=f"The biggest leak at {cover.business}: {top[0].title.lower()}{_commercial(top[0])}. "),
        *_size(top[0]),
    )


def _listed(pages: Sequence[LeakPage]) -> tuple[Piece, ...]:
    """The pages with their shares, as a list in running text."""
    pieces: list[Piece] = []
    for at, page in enumerate(pages):
        joint = "" if at == 0 else " and " if at == len(pages) - 1 else ", "
        pieces.append(Piece(text=f"{joint}“{page.title}”{_commercial(page)} ("))
        pieces.append(Piece(text=said(page.share), evidence=page.share.evidence))
        pieces.append(Piece(text=" reviews we hold)" if at == 0 else ")"))
    return tuple(pieces)


def _size(page: LeakPage) -> tuple[Piece, ...]:
    within = f" ({span(page.share)})" if span(page.share) else ""
    return (
        Piece(text=said(page.share), evidence=page.share.evidence),
        Piece(text=f" reviews we hold report it{within}, about "),
        Piece(text=said(page.per_month), evidence=page.per_month.evidence),
        Piece(text="."),
    )


def _commercial(page: LeakPage) -> str:
    return " (commercial, not a process)" if page.factor == COMMERCIAL else ""


def _lead(
    findings: Findings, top: Sequence[LeakPage], pareto: Pareto | NotObservable, book: Book
) -> tuple[tuple[Piece, ...], ...]:
    if findings.thin:
        words = "Below stands what was reported, each case with its date. There are no shares, no order and no stars."
        return ((Piece(text=words),),)
    lines = []
    process = next((page for page in top if page.factor == PROCESS), None)
    if process is not None and top[0].factor == COMMERCIAL:
        lines.append((Piece(text=f"The biggest leak in a process: {process.title.lower()}. "), *_size(process)))
    known = [page.stars for page in top if not isinstance(page.stars, NotObservable)]
    if known and len(known) == len(top) and not isinstance(pareto, NotObservable):
        held = {leak.gap: leak.share.evidence for leak in findings.leaks}
        behind = book.hold([key for page in top for key in held[page.gap]], "The leaks of the first page together")
        which = "This leak is" if len(top) == 1 else f"The {'two' if len(top) == 2 else 'three'} leaks below are"
        together = decimal(sum(number.value for number in known), 2)
        lines.append(
            (
                Piece(text=f"{which} associated with "),
                Piece(text=together, evidence=behind),
                Piece(text=f" of the {said(pareto.shortfall)} missing to five."),
            )
        )
    return tuple(lines)


def _based_on(findings: Findings, cover: Cover, sources: Sequence[SourceLine]) -> tuple[str, ...]:
    ours = findings.audited
    read = [source for source in sources if source.business == cover.business and source.assessed]
    sites = sorted({source.site for source in read})
    dated = f", posted {day(ours.first)} to {day(ours.last)}" if ours.first and ours.last else ""
    on = f" on {listed(sites)}" if sites else ""
    lines = [f"{plural(ours.reviews, 'review')} of {cover.business}{on}{dated}; read as of {day(findings.as_of)}."]
    if findings.competitors and not findings.thin:
        held = sum(business.reviews for business in findings.competitors)
        lines.append(f"{plural(len(findings.competitors), 'competitor')} with {plural(held, 'review')}.")
    missing = [f"{source.business} on {source.site}" for source in sources if not source.assessed]
    if missing:
        lines.append(f"Not assessed: {listed(missing)} (see the evidence).")
    return tuple(lines)


def _tied_with(findings: Findings, gap: str) -> tuple[str, ...]:
    return next((group for group in findings.ties if gap in group), (gap,))


def _ties(findings: Findings, top: Sequence[LeakPage], titles: dict[str, str]) -> tuple[str, ...]:
    """Ties of leaks on this page, but for the one that the verdict has told already."""
    shown = {page.gap for page in top}
    told = set(_tied_with(findings, top[0].gap)) if top else set()
    groups = [[gap for gap in group if gap in titles] for group in findings.ties if shown & set(group)]
    return tuple(
        f"{listed(_shortened([f'“{titles[gap]}”' for gap in group]))} cannot be told apart in size; "
        f"their order may be chance."
        for group in groups
        if not (set(group) <= told and set(group) <= shown)
    )


def _shortened(names: list[str]) -> list[str]:
    """At most five names; the rest as a number."""
    return names if len(names) <= NAMED else [*names[: NAMED - 1], plural(len(names) - NAMED + 1, "other")]


def _strength(top: Sequence[LeakPage], strengths: Sequence[StrengthLine]) -> StrengthLine | NotObservable:
    """The process praised most among those that do not lead the leaks too; that one is named on the leak's page."""
    if not strengths:
        return NotObservable(reason="no process is praised in enough of the reviews we hold")
    leaking = {page.gap for page in top}
    return next((strength for strength in strengths if strength.gap not in leaking), strengths[0])


def _sureness(findings: Findings, top: Sequence[LeakPage], ours: Sequence[SourceLine]) -> Sureness:
    """That of the first leak, one lower where a source of the audited business was not read whole."""
    if findings.thin or not top:
        return "low" if findings.thin else "medium"
    level = _ORDER.index(top[0].sureness)
    whole = all(source.assessed and source.verdict == "complete" for source in ours)
    return _ORDER[level if whole else max(0, level - 1)]


def _reasons(findings: Findings, top: Sequence[LeakPage], ours: Sequence[SourceLine]) -> tuple[str, ...]:
    if findings.thin:
        return (f"Reviews held: {count(findings.audited.reviews)}; 50 are needed to measure a share.",)
    reasons = [f"{page.title}: {page.why_sure.split('. ')[0].rstrip('.')}." for page in top[:1]]
    for source in ours:
        if not (source.assessed and source.verdict == "complete"):
            state = "refused" if source.refused else "held" if source.held else source.verdict
            reasons.append(f"{source.listing} ({source.site}) is {state}: {lower_first(source.reason)}")
    reasons += [one.sentence for one in findings.audited.breaks[-1:]]
    unread = sum(findings.unread.values())
    if unread > MUCH_UNREAD * max(1, findings.audited.reviews):
        part = percent(unread / findings.audited.reviews)
        reasons.append(f"{count(unread)} reviews ({part}) count in the rating but could not be read for failings.")
    if isinstance(findings.decomposition, NotObservable):
        reasons.append(f"Stars associated: {because(findings.decomposition)}")
    return tuple(reasons)
