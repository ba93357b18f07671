"""The learned reader: a small encoder that marks triggers, roles and which of them go together.

The network is a MiniLM encoder fine-tuned by `training/` and run as int8 ONNX on the CPU; see
`weights/MODEL_CARD.md` for what it learned from, how good it is and what it cannot do.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dateline.errors import ExtractError
from dateline.extract.decoding import (
    Run,
    Scheme,
    Words,
    means,
    pair_scores,
    runs,
    sigmoid,
    softmax,
    split,
    word_probabilities,
    words_of,
)
from dateline.extract.windows import owners, plan

if TYPE_CHECKING:
    from dateline.extract.decoding import Floats

WEIGHTS = Path(__file__).parent / "weights"
_SUMS = "SHA256SUMS"
FAINT = 0.2
_FILES = ("model.onnx", "tokenizer.json", "labels.json")


@dataclass(frozen=True, slots=True)
class TaggedTrigger:
    """Words that tell of an event: code-point offsets, and what kind of event.

    `type` is a coarse event type of the codebook; `context` is reported, background, hypothetical
    or habitual; `stance` is asserted, suspected or denied; `score` the probability of the span.
    """

    start: int
    end: int
    type: str
    context: str
    stance: str
    score: float


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """Words with a role (or, among the fillers, a MUC-4 slot): code-point offsets and score."""

    role: str
    start: int
    end: int
    score: float


class TaggedPair(NamedTuple):
    """How likely a span is a role of a trigger's event; both are indexes into the lists."""

    trigger: int
    span: int
    score: float


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the tagger sees in a text; spans and triggers in text order.

    `pairs` has one entry for every trigger and every span. `relevance` is the probability
    that the text reports an act of armed violence as news, judged by its first window. `fillers`
    are the slots of MUC-4, for comparison with other systems only: every mention with a score of
    FAINT or more, for the reader to weigh together.
    """

    triggers: tuple[TaggedTrigger, ...]
    spans: tuple[TaggedSpan, ...]
    pairs: tuple[TaggedPair, ...]
    relevance: float
    fillers: tuple[TaggedSpan, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """The network's raw output for a text: its words, one row a piece, a logit of relevance."""

    words: Words
    columns: "Floats"
    relevance: float


class Tagger:
    """The network with its tokenizer; made by `load_tagger`, reused for every text."""

    def __init__(self, session: Any, tokenizer: Any, scheme: Scheme) -> None:  # noqa: ANN401
        self.scheme = scheme
        self._session = session
        self._tokenizer = tokenizer

    def with_scheme(self, scheme: Scheme) -> "Tagger":
        """Give the same network with other windows or thresholds."""
        return Tagger(self._session, self._tokenizer, scheme)

    def read(self, text: str, *, roles: Collection[str] | None = None) -> Tagged:
        """Mark a text of any length; the same text always gives the same marks.

        With `roles`, there are only the spans of these roles beside the triggers, and no fillers:
        a reader who asks for nothing else need not wait for the rest.
        """
        return self.decode(self.run(text), roles=roles)

    def run(self, text: str) -> Reading:
        """Give the raw output for a text: overlapping windows, each piece from its best one."""
        import numpy as np

        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        ids = encoding.ids
        windows = plan(len(ids), self.scheme.window, self.scheme.overlap)
        kept: list[Floats] = [np.zeros((0, sum(self.scheme.sizes)), dtype=np.float32)]
        relevance = -30.0
        for (start, end), (first, last) in zip(windows, owners(windows), strict=True):
            wrapped = [self.scheme.opening, *ids[start:end], self.scheme.closing]
            columns, logit = self._session.run(None, {"ids": np.array([wrapped], dtype=np.int64)})
            kept.append(columns[1 + first - start : 1 + last - start])
            if start == 0:
                relevance = float(logit[0])
        return Reading(
            words_of(text, encoding.word_ids, encoding.offsets), np.concatenate(kept), relevance
        )

    def decode(self, reading: Reading, *, roles: Collection[str] | None = None) -> Tagged:
        """Turn a raw output into spans and pairs; see `read` for `roles`."""
        scheme, words = self.scheme, reading.words
        logit = reading.relevance - scheme.relevance_shift
        relevance = sigmoid(logit, scheme.temperatures["relevance"])
        if not len(words.starts):
            return Tagged((), (), (), relevance)
        parts = split(reading.columns, scheme)
        layers = [x for x in scheme.layers if roles is None or x == "trigger" or x in roles]
        inside, begins = word_probabilities(parts[0], words, scheme, layers)
        found = {
            layer: list(runs(inside[:, n], begins[:, n], self._least(layer), scheme.reach))
            for n, layer in enumerate(layers)
        }
        order = {role: number for number, role in enumerate(scheme.roles)}
        spans = sorted(
            ((role, run) for role in scheme.roles for run in found.get(role, ())),
            key=lambda item: (item[1].first, item[1].last, order[item[0]]),
        )
        triggers = found["trigger"]
        return Tagged(
            triggers=tuple(self._triggers(triggers, words, parts[1:4])),
            spans=tuple(_span(role, run, words) for role, run in spans),
            pairs=tuple(self._pairs(triggers, [run for _, run in spans], words, parts)),
            relevance=relevance,
            fillers=tuple(
                _span(slot, run, words) for slot in scheme.slots for run in found.get(slot, ())
            ),
        )

    def _least(self, layer: str) -> float:
        """Give how sure the surest word of a span must be."""
        return FAINT if layer in self.scheme.slots else self.scheme.thresholds[layer]

    def _triggers(
        self, triggers: list[Run], words: Words, facets: Sequence["Floats"]
    ) -> Iterator[TaggedTrigger]:
        if not triggers:
            return
        import numpy as np

        names = (self.scheme.types, self.scheme.contexts, self.scheme.stances)
        shares = means(np.concatenate([softmax(f) for f in facets], axis=1), triggers, words)
        ends = np.cumsum([len(choices) for choices in names])[:-1]
        told = [
            [choices[best] for best in part.argmax(1).tolist()]
            for choices, part in zip(names, np.split(shares, ends, axis=1), strict=True)
        ]
        for run, kind, context, stance in zip(triggers, *told, strict=True):
            start, end = int(words.starts[run.first]), int(words.ends[run.last - 1])
            yield TaggedTrigger(start, end, kind, context, stance, round(run.score, 4))

    def _pairs(
        self,
        triggers: list[Run],
        spans: list[Run],
        words: Words,
        parts: Sequence["Floats"],
    ) -> list[TaggedPair]:
        if not triggers or not spans:
            return []
        asks, answers = means(parts[4], triggers, words), means(parts[5], spans, words)
        return [
            TaggedPair(left, right, round(score, 4))
            for left, scores in enumerate(pair_scores(asks, answers, self.scheme))
            for right, score in enumerate(scores)
        ]


def _span(role: str, run: Run, words: Words) -> TaggedSpan:
    start, end = int(words.starts[run.first]), int(words.ends[run.last - 1])
    return TaggedSpan(role, start, end, round(run.score, 4))


def load_tagger(folder: Path = WEIGHTS, *, threads: int = 1) -> Tagger:
    """Load the tagger of a folder of weights (`model.onnx`, `tokenizer.json`, `labels.json`).

    Raises ExtractError where a file is missing or is not the one `SHA256SUMS` names.
    """
    contents = _checked(folder)
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    try:
        scheme = read_scheme(json.loads(contents["labels.json"]))
        tokenizer = Tokenizer.from_buffer(contents["tokenizer.json"])
        session = onnxruntime.InferenceSession(
            contents["model.onnx"], options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ExtractError(f"{folder}: the weights do not load: {reason}") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Tagger(session, tokenizer, scheme)


def read_scheme(table: dict[str, Any]) -> Scheme:
    """Read `labels.json`; raises TypeError where a part is missing or unknown."""
    parts: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in table.items()
    }
    return Scheme(**parts)


def _checked(folder: Path) -> dict[str, bytes]:
    """Read the files of the weights, each against its SHA-256."""
    try:
        lines = (folder / _SUMS).read_text("utf-8").splitlines()
        sums = {name: told for told, name in (line.split() for line in lines if line)}
        contents = {name: (folder / name).read_bytes() for name in _FILES}
    except (OSError, ValueError) as error:
        raise ExtractError(
            f"{folder}: the tagger's weights are missing ({error}); install the package anew"
        ) from error
    for name, content in contents.items():
        if sha256(content).hexdigest() != sums.get(name):
            raise ExtractError(
                f"{folder / name}: not the file {_SUMS} names; install the package anew"
            )
    return contents
