"""TextBlob's module of English, without the rest of TextBlob."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from threading import Lock
from typing import Any

_loading = Lock()


def english() -> Any:
    """Its word lists come with it, unlike the corpora that TextBlob's other calls need.

    They are read here: it would read each when first asked, and a second thread would find half a list.
    """
    with _loading:
        return _loaded()


@cache
def _loaded() -> Any:
    found = _module()
    found.tag("a word")
    found.sentiment("a word")
    return found


def _module() -> Any:
    """The package is found and not run: it would import the whole of NLTK, of which nothing is needed here, in more
    time than a night's new reviews take."""
    found = find_spec("textblob")
    if found is None or "textblob" in sys.modules:
        return import_module("textblob.en")
    sys.modules["textblob"] = module_from_spec(found)
    try:
        return import_module("textblob.en")
    finally:
        del sys.modules["textblob"]
