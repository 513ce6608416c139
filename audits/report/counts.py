"""What was held, left out and not read, and what signals point to, counted."""

from __future__ import annotations

from collections.abc import Sequence

from audits.analysis.signalled import ANY
from audits.analysis.values import Findings
from audits.catalogue import gettext, marked
from audits.checks.minhash import MIN_WORDS
from audits.report.cover import SourceLine
from audits.report.model import Counted
from audits.report.words import of_language

SIGNALS = {
    ANY: marked("Any of these, each review once"),
    "author": marked("The third review of one author, or a further one"),
    "burst": marked("On a day with far more reviews than its listing ever gets"),
    "campaign": marked("In weeks with many more reviews, and of another kind, than usual"),
    "copy": marked("The text of an earlier review"),
    "elsewhere": marked("About another business"),
    "reworded": marked("Many word groups of an earlier review"),
    "stars": marked("Stars against all that is written"),
    "template": marked("One of three or more on the same template"),
}

COMPLAINTS = {
    "doubtful": marked("Reviews with a complaint whose process could not be read plainly, not told as a case"),
    "other-business": marked("Reviews with a complaint about another business"),
    "outside-control": marked("Reviews with a complaint about what is outside the firm's control"),
    "vague": marked("Reviews with a complaint that names no process"),
}
"""What complaints are in no process, by what they are instead; one review may stand in several lines."""


def outside(findings: Findings) -> tuple[Counted, ...]:
    """Reviews with complaints that are in no process."""
    return tuple(
        Counted(name=gettext(COMPLAINTS.get(key, key)), count=n) for key, n in sorted(findings.outside.items())
    )


def signalled(findings: Findings) -> tuple[Counted, ...]:
    """Reviews that a signal of authenticity points to, by signal."""
    held = {} if findings.measures is None else findings.measures.signalled
    rows = sorted(held.items(), key=lambda row: (row[0] == ANY, row[0]))
    return tuple(Counted(name=gettext(SIGNALS.get(name, name)), count=n) for name, n in rows)


def counts(findings: Findings, sources: Sequence[SourceLine]) -> tuple[Counted, ...]:
    """What was held, left out and not read, so that no review goes missing in silence."""
    counted = {
        gettext("Reviews of %(business)s in the period", business=findings.audited.business): findings.audited.reviews,
        gettext("Reviews of competitors in the period"): sum(business.reviews for business in findings.competitors),
        gettext(
            "Extra copies of a text of %(words)s words or more at %(business)s in the period, left out",
            words=MIN_WORDS,
            business=findings.audited.business,
        ): findings.duplicates,
        gettext("Rows and cards that could not be read (rejects)"): sum(source.rejects for source in sources),
        gettext("Reviews that the checks set aside (quarantine)"): sum(source.quarantined for source in sources),
    }
    counted |= {
        gettext("Not read for failings: %(what)s", what=of_language(name)): n
        for name, n in sorted(findings.unread.items())
    }
    return tuple(Counted(name=name, count=number) for name, number in counted.items())
