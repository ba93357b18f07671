"""Count which words of news are common: the table that linking takes the rarity of a word from.

`python training/link_words.py DATA_FOLDER` writes src/dateline/link/common_words.txt, the most
frequent word first, from the texts of five sets that are not part of this project: `muc4`,
`wikievents_train`, `wikievents_rams` (RAMS), `m2e2` and `wp_current_events`. Nothing of them
goes into the table but which words come often.
"""

import argparse
import gzip
import json
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dateline.link.words import FILE, plain_words

SEEN = 5  # times a word must come to be in the table
HEAD = (
    "# Words of English news, the most frequent first: used by link/words.py, written by",
    "# training/link_words.py. A word that is not here is rare.",
)


def texts(folder: Path) -> Iterator[str]:
    """Yield the texts of the sets."""
    for file in sorted((folder / "muc4").glob("*.jsonl")):
        yield from (row["doctext"] for row in _rows(file))
    for file in sorted((folder / "wikievents_train").glob("*-human.jsonl")):
        yield from (" ".join(row["tokens"]) for row in _rows(file))
    for row in _rows(folder / "wikievents_rams" / "rams" / "dev.jsonlines"):
        yield " ".join(word for sentence in row["sentences"] for word in sentence)
    for file in sorted((folder / "wp_current_events").iterdir()):
        yield from (row["text"] for row in _rows(file))
    with zipfile.ZipFile(folder / "m2e2" / "m2e2_annotations.zip") as packed:
        rows = json.loads(packed.read("m2e2_annotations/text_only_event.json"))
    yield from (" ".join(row["words"]) for row in rows)


def _rows(file: Path) -> Iterator[dict[str, list[str]]]:
    packed = file.read_bytes()
    text = (gzip.decompress(packed) if file.suffix == ".gz" else packed).decode()
    yield from map(json.loads, text.splitlines())


def count(folder: Path) -> list[str]:
    """Give the words that come often enough, the most frequent first."""
    counts = Counter(word for text in texts(folder) for word in plain_words(text))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [word for word, times in ranked if times >= SEEN]


def main() -> int:
    """Count and write."""
    parser = argparse.ArgumentParser(description="Count the common words of news.")
    parser.add_argument("data", type=Path, help="the folder that holds the sets")
    parser.add_argument("-o", "--out", type=Path, default=FILE)
    chosen = parser.parse_args()
    chosen.out.write_text("\n".join([*HEAD, *count(chosen.data)]) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
