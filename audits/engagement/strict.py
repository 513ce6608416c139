"""What every table of the engagement file shares: frozen, no unknown key, and a suggestion for a misspelt one."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

Slug = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=1, max_length=60, strip_whitespace=True)
]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Mailbox = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=254)]


def _written_out(path: str) -> str:
    """A path is taken as it stands: a `~` or `${VAR}` would mean another file on another machine."""
    if path.startswith("~") or re.search(r"\$\{?\w", path):
        raise PydanticCustomError("not_expanded", "~ and ${{VAR}} are not expanded here: write the path out")
    return path


FilePath = Annotated[Name, AfterValidator(_written_out)]


class Table(BaseModel):
    """A table of the file: its keys are its fields and no others."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _known_keys(cls, given: Any) -> Any:
        """Refuse an unknown key here, where the known ones are at hand for a suggestion."""
        if isinstance(given, dict):
            for key in given:
                if key not in cls.model_fields:
                    raise PydanticCustomError(
                        "unknown_key", "no such key", {"key": str(key), "known": sorted(cls.model_fields)}
                    )
        return given
