"""Checks for Markdown in a source that was not read as Markdown: it would be printed as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from polyleaf import tree
from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.subjects import SourceText
from polyleaf.model import Document, Nodes, Severity
from polyleaf.quotations import quote
from polyleaf.sources import front_matter, unparsed_markup
from polyleaf.sources.positions import LocatedText, as_typed, blank, escaped_in, find_line_with, without_code
from polyleaf.sources.unparsed_markup import UnparsedSign

SIGN = re.compile(r"[-+*|]|#{1,6}|\d{1,2}[.)]")
"""What opens a list, a heading or a table at the start of a line."""

RULE = re.compile(r"(?:-{2,}|\*{3,}|={3,})\s*")
"""A line that should be one across the page, or under a heading."""

ROUND = re.compile(r"o\s+\S")
"""The round bullet of Word, as it is pasted."""

O_WORDS = frozenset(("es", "it", "pt", "gl", "ca", "pl", "cs", "sk", "ro", "sl", "hr", "bs", "sr", "cy", "ga", "hu"))
"""Languages in which `o` is a word."""

PROSE = frozenset(("paragraph", "item", "note", "caption"))
"""Kinds of text in which a line that starts like a block was to be one."""

CURLED = re.compile(r"\{[^{}]*?(?<![\w-])([\w-]++=[“”„‘’]\S*)")
"""An attribute between quotation marks that are none to a program."""

SINGLE = re.compile(r"(?<!\\)\\([(\[])((?:(?!\n\n|(?<!\\)\\[(\[]).)*?)(?<!\\)\\([)\]])", re.DOTALL)
"""What stands between brackets with one backslash before each: in pandoc's Markdown, brackets to be printed."""

TEX = re.compile(r"\\[A-Za-z]+|[\^_=]")
"""What a formula has, and a text in brackets has not."""

SHOUTED = re.compile(r"^(.*[.;,])[ \t]*\n[ \t]*-{2,}[ \t]*$", re.MULTILINE)
"""A sentence that became a heading, because a line of dashes stands right under it."""

FENCE = re.compile(r":{3,}\s*(\S.*)?")
"""The line that opens a box, or closes one."""

BAR = re.compile(r"(?:(?<![^\s|])[^\s|]++\s*+)?\|(?:\s*+[^\s|]++)?")
"""A bar, with the words beside it by which it is found."""

BETWEEN = re.compile(r"\S\s\|\s")
"""A bar between words, as in a row of a table."""

VERBATIM = "To print it as it is, write: {}"
EMPTY_LINE = "Put an empty line before it."


@check(SourceText, Severity.ERROR)
def block_not_made(source: SourceText) -> Iterator[Diagnostic]:
    """What looks like a list, a heading or a table is one: each needs an empty line before it.

    Bad:  "Take:", and on the next line "- 250 mg"
    Good: "Take:", an empty line, and "- 250 mg"
    """
    lines = {id(text.inlines): text.line for text in source.texts}
    for node in tree.walk(source.document.blocks):
        if node["t"] == "LineBlock" and any(_has_bar(line, source.document.text) for line in node["c"]):
            fact = "these rows are plain lines, not a table: there is no |---| under the first"
            yield Diagnostic(fact, lines[id(node["c"][0])], "Put a line under it with |---| for each cell.")
    for text in source.texts:
        for at, word in _starts(text):
            fact = f"the line that starts with {quote(word)} is plain text, not a list, heading or table"
            line_number = find_line_with(source.document.text, word, text.line + at) or text.line + at
            yield Diagnostic(fact, line_number, EMPTY_LINE)


def _has_bar(inlines: Nodes, text: str) -> bool:
    """Tell whether there is a bar in *inlines*, and none in the manuscript *text* that stands for itself."""
    bar = BAR.search(tree.plain(inlines))
    return bar is not None and find_line_with(text, bar[0], 1) > 0


def _starts(text: LocatedText) -> Iterator[tuple[int, str]]:
    """Yield the sign of a block that a line of *text* starts with, and which line of it that is."""
    for at, line in enumerate(unparsed_markup.print_lines(text.inlines) if text.kind in PROSE else ()):
        word, _, rest = line.partition(" ")
        if SIGN.fullmatch(word) and (rest.strip() or word.startswith("#")):
            yield at, word


@check(SourceText, Severity.ERROR)
def markdown_left(source: SourceText) -> Iterator[Diagnostic]:
    """Every sign of Markdown does something; one that does not is printed as it was typed.

    Bad:  "##Use", "**Stop", ":: warning", "[site](https://a.example", "• 250 mg"
    Good: "## Use", "**Stop**", "::: warning", "[site](https://a.example)", "- 250 mg"
    """
    document = source.document
    strays, before = _strays(document.text), ""
    for text in source.texts:
        lines = unparsed_markup.print_lines(text.inlines)
        for at, line in enumerate(lines):
            start = text.line + (at if text.kind != "front" else 0)
            for unparsed in (*unparsed_markup.find_unparsed(line), *_by_hand(text, lines, at, document.language)):
                sign, word = unparsed.sign, unparsed.word
                is_dash = sign == "–" and not unparsed_markup.opens_list(lines, at, text.kind, before)
                if is_dash or (sign == "{#" and CURLED.search(line)):
                    continue
                is_fence = word.startswith(":::") and word == "".join(lines)
                line_number = next(strays, 0) if is_fence else find_line_with(document.text, word, start)
                is_elsewhere = sign == ":::" and not is_fence and line_number - text.line not in range(len(lines))
                if line_number and not is_elsewhere:
                    typed = word if sign == "–" else as_typed(word)
                    fact = f"{quote(typed)} is printed as it stands: {_why(sign)}"
                    yield Diagnostic(fact, line_number, _hint(document.text, unparsed))
        before = lines[-1]
    yield from _mistaken(document)


def _hint(text: str, unparsed: UnparsedSign) -> str:
    if unparsed.sign == "$":
        word = unparsed.word.strip(".,;:!?()")
        formula = word.strip("$") or "..."
        dollars = word.replace("$", r"\$")
        return rf"For a formula write \\({formula}\\); to print dollar signs, {dollars}"
    return HINTS.get(unparsed.sign) or VERBATIM.format(escaped_in(text, unparsed))


def _why(sign: str) -> str:
    return unparsed_markup.PATTERNS[sign].reason if sign in unparsed_markup.PATTERNS else WHY[sign]


WHY = {"o": "a list item starts with a hyphen and a space", "---": "a line across the page has an empty line before it"}
WHY |= {"in a cell": f"a bar in a cell begins no other one; {unparsed_markup.IN_GRID}"}
WHY |= {"rows": "rows of a table have a line of |---| under the first, with as many cells"}
HINTS = {"o": "Write a hyphen in its place.", "---": EMPTY_LINE}
HINTS |= {"+--": "Mend them; to print a line of such signs, begin it with \\+."}


def _by_hand(text: LocatedText, lines: Sequence[str], at: int, language: str) -> Iterator[UnparsedSign]:
    """Yield what the line *at* of *lines* has that is a sign in a source only, where there are lines."""
    line = lines[at].strip()
    if at and RULE.fullmatch(as_typed(line)):
        yield UnparsedSign("---", line, line)
    yield from _bars(text, lines, at)
    rounds = [item for item in lines if ROUND.match(item)]
    is_round = len(rounds) > 1 or language.partition("_")[0] not in O_WORDS
    if ROUND.match(line) and text.kind != "cell" and is_round:
        word = " ".join(line.split()[:2])
        yield UnparsedSign("o", word, word)


def _bars(text: LocatedText, lines: Sequence[str], at: int) -> Iterator[UnparsedSign]:
    """Yield the bar in the line *at* of a cell, or of the first of some rows that are no table."""
    bar = BAR.search(lines[at])
    counts = [len(BETWEEN.findall(line)) for line in lines[max(at - 1, 0) : at + 2]]
    is_row = text.kind in PROSE and at == 0 and len(counts) > 1 and 0 < counts[0] == counts[1]
    if bar and (text.kind == "cell" or is_row):
        word = bar[0].strip(unparsed_markup.BORDER)
        yield UnparsedSign("rows" if is_row else "in a cell", word, word.replace("|", r"\|"))


def _strays(text: str) -> Iterator[int]:
    """Yield the lines of *text* that close a box, and none is open."""
    depth, before = 0, ""
    for number, row in enumerate(text.split("\n"), 1):
        fence = FENCE.fullmatch(row.strip())
        if fence and not fence[1]:
            if not depth:
                yield number
            depth = max(0, depth - 1)
        elif fence and (not before or FENCE.fullmatch(before) or before.startswith("#")):
            depth += 1
        before = row.strip()


def _mistaken(document: Document) -> Iterator[Diagnostic]:
    """Yield the signs that did something else than they should."""
    body = front_matter.BLOCK.sub(blank, without_code(document.text), count=1)
    for match in CURLED.finditer(body):
        fact = f"the quotation marks of {match[1]} are none that a program reads"
        yield Diagnostic(fact, _line(body, match.start(1)), 'Write straight ones, as in alt="...".')
    for match in SINGLE.finditer(body):
        if TEX.search(match[2]):
            fact = f"{quote(match[0])} is printed without its backslashes: a formula has two before each bracket"
            yield Diagnostic(fact, _line(body, match.start()), rf"Write \\{match[1]}...\\{match[3]} for a formula.")
    headings = {tree.plain(node["c"][2]) for node in tree.walk(document.blocks) if node["t"] == "Header"}
    for match in SHOUTED.finditer(body):
        if any(heading.endswith(match[1].split()[-1]) for heading in headings):
            fact = f"the dashes make a heading of the text above them: {quote(match[1].strip())}"
            yield Diagnostic(fact, _line(body, match.end()), "Put an empty line before them.")


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
