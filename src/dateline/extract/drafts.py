"""An event while it is put together from the triggers and stretches of a report."""

from dataclasses import dataclass, field

from dateline.extract.segments import Segment
from dateline.extract.triggers import Trigger
from dateline.resolve.expressions import Expression
from dateline.values import Place, When


@dataclass(slots=True)
class Draft:
    """An event while it is put together: its triggers and every segment that speaks of it.

    `spoken` is the day on which somebody spoke of it, where no day of its own is told. `beside`
    marks what is told as another event of the same news ("a second ship").
    """

    triggers: list[Trigger]
    segments: list[Segment] = field(default_factory=list)
    when: When | None = None
    date: Expression | None = None
    where: Place | None = None
    spoken: When | None = None
    reported: bool = True
    beside: bool = False

    @property
    def anchor(self) -> Trigger:
        """The trigger the event is named by: the first one that is not only a name."""
        told = [t for t in self.triggers if not t.nominal]
        return (told or self.triggers)[0]


def same_paragraph(draft: Draft, segment: Segment) -> bool:
    """Tell whether an event was last spoken of in the paragraph of a segment."""
    return draft.segments[-1].paragraph == segment.paragraph
