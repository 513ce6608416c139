"""BERTopic's side of `benchmarks.against_bertopic`, run by the interpreter of an environment of its own.

Reads {model, texts, warm}, fits BERTopic with its defaults on `warm` and then, timed, on `texts`, and writes
{version, seconds, topics}.
"""

import json
import sys
import time
from pathlib import Path


def main(given: Path, answer: Path) -> None:
    """One warm-up, then one timed fit by an object of its own."""
    import bertopic
    from sentence_transformers import SentenceTransformer

    asked = json.loads(given.read_text(encoding="utf-8"))
    minilm = SentenceTransformer(asked["model"], device="cpu")
    bertopic.BERTopic(embedding_model=minilm).fit_transform(asked["warm"])
    began = time.perf_counter()
    topics, _ = bertopic.BERTopic(embedding_model=minilm).fit_transform(asked["texts"])
    seconds = time.perf_counter() - began
    found = {"version": bertopic.__version__, "seconds": seconds, "topics": [int(topic) for topic in topics]}
    answer.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
