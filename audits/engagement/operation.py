"""What an engagement file says of running it: what is published, how long things are kept, when, and who is told."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Literal

from pydantic import Field, StrictBool, model_validator

from audits.engagement import rules
from audits.engagement.strict import Mailbox, Name, Table


class Publishing(Table):
    """What becomes of finished reports: `latest` may move on approval or never; `keep` versions stay, all if unset.

    Drafts have every form, or those of the screen only: a nightly draft that nobody prints need not be set as pages.
    Competitors stand under their names, or as "Competitor A", "Competitor B" in the order of the file.
    """

    drafts: Literal["all", "screen"] = "all"
    latest: Literal["approved", "never"] = "approved"
    competitors: Literal["named", "letters"] = "named"
    keep: Annotated[int, Field(ge=1)] | None = None


class Hold(Table):
    """A legal hold: nothing of the engagement is purged until it ends, or until the entry is taken out."""

    reason: Name
    until: date | None = None


class Retention(Table):
    """How long pages and words are kept, counted from the day they were collected; numbers stay."""

    pages_days: Annotated[int, Field(ge=0)] = 90
    text_months: Annotated[int, Field(ge=0)] = 24
    hold: Hold | None = None


class Schedule(Table):
    """When the nightly run audits the engagement, in its own time zone, and when the client's next export is due."""

    every: Literal["day", "week", "month"] = "day"
    on: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] = "monday"
    day: Annotated[int, Field(ge=1, le=28)] = 1
    at: time = time(2, 0)
    zone: Name = "UTC"
    exports_days: Annotated[int, Field(ge=1)] = 31
    paused: StrictBool = False

    @model_validator(mode="after")
    def _zone_exists(self) -> Schedule:
        rules.known_zone(self)
        return self


class Alerts(Table):
    """Who is told of what a nightly run finds, and how often at most."""

    email: tuple[Mailbox, ...] = ()
    webhook: StrictBool = False
    answer_days: Annotated[int, Field(ge=1)] = 14
    cooldown_days: Annotated[int, Field(ge=0)] = 28
