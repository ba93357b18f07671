"""Cutting a long text into overlapping windows of word pieces, and putting the windows together."""

from itertools import pairwise


def plan(pieces: int, size: int, overlap: int) -> list[tuple[int, int]]:
    """Give half-open windows of at most `size` pieces that cover a text of `pieces` pieces.

    Neighbours share at least `overlap` pieces, and all windows are as nearly of one size as can be;
    a text without pieces has no window.
    """
    if pieces <= size:
        return [(0, pieces)] if pieces else []
    step = size - overlap
    count = -(-(pieces - overlap) // step)
    last = pieces - size
    starts = [last * number // (count - 1) for number in range(count)]
    return [(start, start + size) for start in starts]


def owners(windows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give, for each window, the pieces that are read from it: up to mid-way of each overlap."""
    cuts = [(end + start) // 2 for (_, end), (start, _) in pairwise(windows)]
    if not windows:
        return []
    return list(pairwise([windows[0][0], *cuts, windows[-1][1]]))
