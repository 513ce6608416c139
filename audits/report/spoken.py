"""The frame of gaps in the language that is being spoken: `gaps.toml` holds it in English."""

from __future__ import annotations

from dataclasses import asdict, replace

from audits.analysis.gaps import Frame, Gap, Playbook, Records
from audits.catalogue import SOURCE, gettext, language


def spoken(frame: Frame) -> Frame:
    """The same frame with every text that a report prints as it is told here; cues and slugs stay."""
    if language() == SOURCE:
        return frame
    stages = {slug: gettext(title) for slug, title in frame.stages.items()}
    return replace(frame, stages=stages, gaps=tuple(_gap(gap) for gap in frame.gaps))


def _gap(gap: Gap) -> Gap:
    return replace(
        gap,
        title=gettext(gap.title),
        process=gettext(gap.process),
        failed=gettext(gap.failed),
        owner=gettext(gap.owner),
        owners={industry: gettext(owner) for industry, owner in gap.owners.items()},
        kpi=gettext(gap.kpi),
        fix=gettext(gap.fix),
        aliases={industry: gettext(alias) for industry, alias in gap.aliases.items()},
        playbook=Playbook(**{name: gettext(text) for name, text in asdict(gap.playbook).items()}),
        records=Records(**{name: gettext(text) for name, text in asdict(gap.records).items()}),
    )
