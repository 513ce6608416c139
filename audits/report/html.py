"""A report as two self-contained pages: no script, no style attribute, nothing fetched, every text escaped."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from audits import catalogue
from audits.analysis.values import NotObservable
from audits.catalogue import marked
from audits.report import terms, words
from audits.report.annexed import FEW, WHOLE, lines, shown
from audits.report.bins import span_of
from audits.report.kept import Form, kept
from audits.report.model import Report
from audits.report.parts import LeakPage

_SURE = {"high": marked("Well founded"), "medium": marked("Fairly founded"), "low": marked("Weakly founded")}
_WORDS = (
    "said", "bare", "span", "with_span", "count", "day", "month", "stars", "because", "listed", "percent", "decimal",
    "inside",
)  # fmt: skip
_LIGHTS = {"high": "●●●", "medium": "●●○", "low": "●○○"}
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/]+={0,2}")
"""The only address that a page of a report holds a picture under: one that is inside it."""
BRAND = "#0f5c5c"
AT_ONCE = 200_000
"""Letters of a template's output that are worked on at a time; one set's links may be more."""
_MARGIN = '@media print { @page { @top-center { content: "%s"; font: 8pt Arial, sans-serif } } }'
STATES = {"draft": marked("Draft, not checked by a person"), "withdrawn": marked("Recalled: do not rely on it")}
"""What is printed on the margin of every page."""


@cache
def environment() -> Environment:
    """Jinja with autoescape forced on for every template, whatever its name."""
    found = Environment(
        autoescape=True,
        loader=PackageLoader("audits.report"),
        undefined=StrictUndefined,
        finalize=_seen,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    found.newstyle_gettext = True  # type: ignore[attr-defined]  # what the extension calls takes the values itself
    found.globals |= {"gettext": _gettext, "_": _gettext, "ngettext": _ngettext, "lang": _lang}
    for name in _WORDS:
        found.filters[name] = _spoken(getattr(words, name))
    for name, filter_ in (("told", terms.told), ("known_day", _known_day), ("trend", terms.trend)):
        found.filters[name] = _spoken(filter_)
    found.filters["spans"] = span_of
    found.filters["to_lines"] = _to_lines
    found.filters["to_rows"] = lines
    found.filters["signalled_apart"] = _signalled_apart
    found.filters["picture"] = lambda address: bool(address and PICTURE.fullmatch(address))
    found.tests["unknown"] = lambda value: isinstance(value, NotObservable)
    found.globals |= {
        "sure": _SURE,
        "lights": _LIGHTS,
        "reviews": words.reviews,
        "between": words.between,
        "over": words.over,
    }
    found.globals["caveat"] = words.caveat
    return found


def _spoken(function: Callable[..., str]) -> Callable[..., str]:
    """The filter, asked anew each time: of a constant, Jinja would keep what it said in the first language."""

    @pass_context
    def filtered(_context: Context, *given: Any) -> str:
        return function(*given)

    return filtered


def _seen(value: object) -> object:
    return words.shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _gettext(message: str, /, **values: object) -> Markup:
    """A message in a page: it may hold markup, for it is ours; its values are escaped."""
    return Markup(catalogue.gettext(message)) % _safe(values)  # noqa: S704  # the catalogue is a part of the package


def _ngettext(one: str, many: str, number: int, /, **values: object) -> Markup:
    return Markup(catalogue.ngettext(one, many, number)) % _safe(values)  # noqa: S704  # as above


def _safe(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _seen(value) for name, value in values.items()}


def _lang() -> str:
    """The language as a page declares it."""
    return catalogue.language().replace("_", "-")


def _signalled_apart(leaks: Sequence[LeakPage]) -> list[LeakPage]:
    """The leaks whose share, without its range, reads differently without the reviews that carry a signal."""
    told = [(leak, leak.without_signalled) for leak in leaks]
    return [leak for leak, other in told if other and words.said(other) != words.said(leak.share)]


def _known_day(text: str) -> str:
    """A day where it is one; what a site's facts say in its place."""
    return words.day(text) if _DAY.fullmatch(text) else terms.told(text)


def _to_lines(keys: Sequence[str]) -> Markup:
    """Links from the ids of a set to their lines: at once, for an annex holds hundreds of thousands of them."""
    safe = (key if key.isascii() and key.isalnum() else str(escape(key)) for key in keys)
    return Markup(" ".join(f'<a href="#r-{key}">{key}</a>' for key in safe))  # noqa: S704  # every key is escaped


def render(report: Report, *, audit_id: str, charts: Mapping[str, str]) -> str:
    """`report.html`. `charts` are SVG strings of our own making, by name."""
    drawn = {name: Markup(svg) for name, svg in charts.items()}  # noqa: S704  # rebuilt from known elements in svg.py
    with catalogue.speaking(report.cover.language):
        return page("report.html.j2", **_of(report), audit_id=audit_id, charts=drawn)


def annex(report: Report, *, audit_id: str) -> Form:
    """`annex.html`: every evidence set and every review behind a number, by id.

    Of more than WHOLE reviews it shows some of each set (`shown`): a browser does not open a page of a million lines.
    """
    few = None if len(report.reviews) <= WHOLE else FEW
    with catalogue.speaking(report.cover.language):
        told = {**_of(report), "few": few, "rows": shown(report, few)}
        return kept(_pieces("annex.html.j2", **told, audit_id=audit_id))


def _of(report: Report) -> dict[str, Any]:
    state = catalogue.gettext(STATES.get(report.state, ""))
    return {"colour": report.cover.brand_colour, "state": state, "report": report}


def page(template: str, **values: Any) -> str:
    """A page whole; its values are those of `_pieces`."""
    return "".join(_pieces(template, **values))


def _pieces(
    template: str, *, colour: str | None = None, sheets: Sequence[str] = (), state: str = "", **values: Any
) -> Iterator[str]:
    """A page with its style sheet inside and a policy that allows that style sheet and nothing else.

    `sheets` are further style sheets of the package, for paper and mail, each over the ones before; `state` is printed
    on the margin of every page.
    """
    style = _style(colour, sheets, _MARGIN % state if state else "")
    policy = f"default-src 'none'; style-src 'sha256-{_digest(style)}'; img-src data:"
    values |= {"style": Markup(style), "policy": policy}  # noqa: S704  # ours
    texts, left = environment().get_template(template).generate(values), ""
    while some := _some(texts):
        held = "".join((left, *some))
        ends = len(held.rstrip())  # the blank lines behind it may go on in the next piece
        yield _tight(held[:ends])
        left = held[ends:]
    yield _tight(left)


def _some(texts: Iterator[str]) -> list[str]:
    """The next of them, until they are enough to be worked on."""
    taken, letters = [], 0
    for text in texts:
        taken.append(text)
        letters += len(text)
        if letters >= AT_ONCE:
            break
    return taken


def _tight(text: str) -> str:
    return re.sub(r"\n\s*\n+", "\n", text)


def _style(colour: str | None, sheets: Sequence[str], margin: str) -> str:
    """The style sheet with the brand's colour, which is taken only as six hex digits."""
    brand = colour if colour and _COLOUR.fullmatch(colour) else BRAND
    folder = resources.files("audits.report").joinpath("templates")
    texts = [folder.joinpath(name).read_text(encoding="utf-8") for name in ("report.css", *sheets)]
    return re.sub(r"\n\s*\n+", "\n", "\n".join([f":root{{--brand:{brand}}}", *texts, margin])).strip()


def _digest(style: str) -> str:
    return b64encode(sha256(style.encode()).digest()).decode()
