"""What is read of a phrase alone, as if it were all that was said."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from audits.analysis.model import model
from audits.analysis.reader import scores

Says = tuple[float, float, float]
"""How far a phrase complains, praises, and is about the gap."""


def read_alone(phrases: Iterable[str], slug: str) -> dict[str, Says]:
    """What is read of phrases as if each were all that was said; a few at a time take nearly as long as many.

    Of what is outside the frame every phrase may tell.
    """
    every = list(dict.fromkeys(phrases))
    read = scores(every, np.zeros(len(every), np.float32))
    about = read.gaps[:, model().gaps.index(slug)] if slug in model().gaps else np.ones(len(every))
    said = zip(read.kinds[:, 0].tolist(), read.kinds[:, 1].tolist(), about.tolist(), strict=True)
    return dict(zip(every, said, strict=True))
