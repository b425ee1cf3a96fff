"""Code spans of Markdown, found as pandoc finds them (CommonMark 0.31, 6.1, but for runs that do not close)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

RUN = re.compile("`+")
WHOLE = re.compile(r"(`++)(.*)", re.DOTALL)


class CodeSpans:
    """What is between two runs of as many backticks, with the methods of a pattern; group 1 is the first run.

    A backslash before a run takes its first backtick away, and one that stands for itself takes none. Of a run that
    nothing closes, pandoc prints the first backtick and tries the others.
    """

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield a match for each code span in *text*, in time that grows with its length."""
        runs = [match.span() for match in RUN.finditer(text)]
        closers = defaultdict(list)
        for start, end in runs:
            closers[end - start].append(start)
        at = 0
        for start, end in runs:
            for opener in range(start, end):
                length = end - opener
                if opener < at or _is_escaped(text, opener, at):
                    continue
                following = closers[length]
                next_one = bisect_left(following, end)
                if next_one < len(following):
                    at = following[next_one] + length
                    match = WHOLE.fullmatch(text, opener, at)
                    if match:
                        yield match
                    break

    def findall(self, text: str) -> list[str]:
        """Return the code in *text*."""
        return [match[2][: -len(match[1])] for match in self.finditer(text)]

    def sub(self, replacement: str, text: str) -> str:
        """Return *text* with *replacement* in the place of each code span."""
        parts, at = [], 0
        for match in self.finditer(text):
            parts += [text[at : match.start()], replacement]
            at = match.end()
        return "".join([*parts, text[at:]])


def _is_escaped(text: str, at: int, first: int) -> bool:
    """Tell whether an odd number of backslashes stands before *at* in *text*, none of them before *first*."""
    before = at
    while before > first and text[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1


CODE = CodeSpans()
