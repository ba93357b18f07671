"""How long reading takes beside the encoder's forward pass alone, on one core, in one run.

`python benchmarks/reading.py` reads reports of about 311 words, put together from the passages of
`training/corpus`, with each extractor, and prints processor time: a busy machine does not stretch
it. The pass is timed inside the very reading it is a part of, so both see the same machine.
"""

import argparse
import json
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dateline.codebook import FOLDER
from dateline.coder import Coder
from dateline.extract import learned
from dateline.model import Report, make_report
from dateline.plugins import find_plugin

CORPUS = Path(__file__).parents[1] / "training" / "corpus"
MARK = re.compile(r"<<[^<>|]*\|([^<>|]+)>>")
WORDS = 311
WARM = 20  # reports read before the clock starts: tables are made, patterns compiled


class Timed:
    """A session of the network that adds up the time of its passes."""

    def __init__(self, session: Any) -> None:  # noqa: ANN401  (onnxruntime's own)
        """Wrap a session."""
        self._session = session
        self.seconds = 0.0

    def run(self, *asked: Any) -> Any:  # noqa: ANN401
        """Run the network."""
        start = time.process_time()
        found = self._session.run(*asked)
        self.seconds += time.process_time() - start
        return found


def reports(count: int) -> list[Report]:
    """Make reports of passages that follow each other in the corpus."""
    texts: list[str] = []
    words = 0
    found: list[Report] = []
    for file in sorted(CORPUS.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            texts.append(MARK.sub(r"\1", json.loads(line)["text"]))
            words += len(texts[-1].split())
            if words >= WORDS:
                found.append(make_report("\n".join(texts), published="2023-05-02"))
                texts, words = [], 0
            if len(found) == count:
                return found
    return found


def seconds(extractor: str, read: Sequence[Report]) -> float:
    """Give the seconds that coding some reports takes once everything is warm."""
    coder = Coder(find_plugin("extractor", extractor), FOLDER)
    coder(read[:WARM])
    start = time.process_time()
    coder(read[WARM:])
    return time.process_time() - start


def main() -> int:
    """Read with both extractors and print the times of a thousand reports."""
    parser = argparse.ArgumentParser(description="Measure reading beside the forward pass.")
    parser.add_argument("reports", type=int, nargs="?", default=200)
    read = reports(parser.parse_args().reports + WARM)
    thousand = 1000 / (len(read) - WARM)
    plain = seconds("lexicon", read) * thousand
    tagger = learned._tagger()  # noqa: SLF001  (the one that the extractor uses)
    timed = Timed(tagger._session)  # noqa: SLF001
    tagger._session = timed  # noqa: SLF001
    seconds("tagger", read[: WARM + 1])
    timed.seconds = 0.0
    coder = Coder(find_plugin("extractor", "tagger"), FOLDER)
    start = time.process_time()
    coder(read[WARM:])
    whole, alone = (time.process_time() - start) * thousand, timed.seconds * thousand
    sys.stdout.write(
        f"| 1,000 reports of about {WORDS} words | s |\n|---|---|\n"
        f"| lexicon | {plain:.1f} |\n| tagger, whole | {whole:.1f} |\n"
        f"| tagger, forward pass alone | {alone:.1f} |\n| whole / pass | {whole / alone:.2f} |\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
