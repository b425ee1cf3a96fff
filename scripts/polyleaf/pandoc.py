"""Calls pandoc: texts in, trees out, trees in, HTML out, any number of them in one run."""

from __future__ import annotations

import base64
import json
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import pypandoc

from polyleaf import tree
from polyleaf.errors import RenderError, SourceError, ToolMissing, collect, stop_for
from polyleaf.model import Node, Nodes
from polyleaf.quotations import quote, shorten

API_VERSION = [1, 23, 1]
"""The version of pandoc's JSON that `tree` knows; pandoc refuses another one."""

MARKDOWN = (
    "markdown+tex_math_double_backslash-tex_math_dollars-raw_tex-latex_macros"
    "-yaml_metadata_block-pandoc_title_block-mmd_title_block"
)
"""Pandoc's Markdown without what would vanish or act from inside a text: TeX, metadata and title blocks.

A formula is `\\\\(...\\\\)`: between two prices a dollar sign is a dollar sign."""

FRAGMENT = MARKDOWN + "-implicit_figures-shortcut_reference_links-spaced_reference_links"
"""The same for a piece of text that stands alone: an image alone in it is no figure, `[a]` alone no link."""

MEMORY = ("+RTS", "-M1G", "-RTS")
"""How much memory pandoc may take for a file from anybody: the runtime system of GHC stops it there."""


@dataclass(frozen=True, slots=True)
class KnownWarning:
    """What pandoc says (*regex*), the *fact* with its groups, and the *hint*.

    Where a group is `line`, it is the line in the text; else the text is searched for the group `needle`.
    """

    regex: re.Pattern[str]
    fact: str
    hint: str


IN_ONE_LINE = r"Write it in one line, \\(m / l^2\\), or as text, which can be translated: weight / (height × height)."

KNOWN = (
    KnownWarning(
        re.compile(r"Div at (?:line (?P<line>\d+) )?.*unclosed"),
        "the box that opens here is not closed",
        "Close it with a line of three colons, `:::`, after its last line.",
    ),
    KnownWarning(
        re.compile(r"Duplicate note reference '(?P<name>.*)' at line (?P<line>\d+)"),
        "the note [^{name}] is there twice",
        "Give each note its own name, and let the text refer to it.",
    ),
    KnownWarning(
        re.compile(r"Note with key '(?P<name>.*)' defined at line (?P<line>\d+) .*not used"),
        "no text refers to the note [^{name}]",
        "Write [^{name}] in the text where it belongs, or take the note out.",
    ),
    KnownWarning(
        re.compile(r"Duplicate identifier '(?P<needle>.*)'"), "the id {needle} is there twice", "Give each its own id."
    ),
    KnownWarning(
        re.compile(r"Duplicate link reference '(?P<name>.*)' at line (?P<line>\d+)"),
        "the link {name} has two addresses",
        "Keep one of them.",
    ),
    KnownWarning(
        re.compile("Could not convert TeX math(?P<needle>.*), rendering as TeX", re.DOTALL),
        "the formula {needle} has a fraction, a root or a sign that cannot be set in a line",
        IN_ONE_LINE,
    ),
)
"""What pandoc warns of in a text that anybody may write."""

CITEPROC = "citeproc"
"""The name under which `pandoc.lua` sets the citations of a tree instead of reading a text."""


def read(jobs: Sequence[tuple[str, str, str]]) -> list[Nodes]:
    """Return the blocks of each text in *jobs*: triples of name (for messages), pandoc format, text.

    Raises SourceError with everything that pandoc warns of, by the names of the texts, and their lines. In a text of
    the format MARKDOWN that is also each formula that cannot be written.
    """
    if not jobs:
        return []
    request = json.dumps([[format_, text, format_ == MARKDOWN] for _, format_, text in jobs])
    output, warnings = _run(request, source="reader", target="json")
    if warnings and len(jobs) > 1:
        half = len(jobs) // 2
        return [blocks for blocks_of_half in collect(read, (jobs[:half], jobs[half:])) for blocks in blocks_of_half]
    if warnings:
        name, _, text = jobs[0]
        stop_for([_explain(warning, name, text) for warning in warnings])
    return [part["c"][1] for part in json.loads(output)["blocks"]]


def _explain(warning: str, name: str, text: str) -> SourceError:
    """Return the error for a *warning* of pandoc about the *text* called *name*, a file or a file with a line."""
    for known in KNOWN:
        match = known.regex.match(warning)
        if match:
            groups = {key: value or "" for key, value in match.groupdict().items()}
            line, needle = groups.get("line"), groups.get("needle", "").strip()
            if needle and needle in text:
                line = str(text.count("\n", 0, text.rfind(needle)) + 1)
            groups["needle"] = quote(needle)
            location = f"{name}:{line}" if line and ":" not in name else name
            return SourceError(f"{location}: {known.fact.format(**groups)}", hint=known.hint.format(**groups))
    return SourceError(f"{name}: pandoc says: {quote(warning, 200)}", hint="Repair the Markdown there.")


def read_file(content: bytes, format_: str) -> tuple[dict[str, Node], Nodes, list[str]]:
    """Return metadata, blocks and pandoc's warnings for a whole file of pandoc's *format_*, such as docx.

    Raises SourceError when pandoc cannot read it, or not within MEMORY: a file of some kilobytes may unfold to
    gigabytes.
    """
    try:
        output, warnings = _run(content, source=format_, target="json", limits=MEMORY)
    except RenderError as error:
        raise SourceError(error.message, hint="Open it in the program that made it, and save it anew.") from error
    document = json.loads(output)
    return document["meta"], document["blocks"], warnings


def cite(documents: Sequence[tuple[Nodes, list[Node], str]], style: str) -> list[Nodes]:
    """Return *documents* (blocks, references as metadata, language tag) with citations and sources set.

    *style* is a CSL style; the terms and quotation marks in it come from pandoc's CSL locales.
    """
    link = "data:application/xml;base64," + base64.b64encode(style.encode()).decode()
    jobs = []
    for blocks, references, language in documents:
        meta: dict[str, Node] = {"csl": {"t": "MetaString", "c": link}, "lang": {"t": "MetaString", "c": language}}
        meta["link-citations"] = {"t": "MetaBool", "c": True}
        meta["references"] = {"t": "MetaList", "c": references}
        jobs.append(("citations", CITEPROC, _document(blocks, meta)))
    return read(jobs)


def write(parts: Sequence[Nodes]) -> list[str]:
    """Return each run of blocks in *parts* as HTML, sections wrapped in `<section>`."""
    if not parts:
        return []
    output, warnings = _run(_document([tree.div([], part) for part in parts]), source="json", target="writer")
    if warnings:
        error = _explain(warnings[0], "a leaflet", "")
        raise RenderError(error.message, hint=error.hint)
    return [str(html) for html in json.loads(output)]


def version() -> str:
    """Return the version of the pandoc in use."""
    return str(_translating_errors(pypandoc.get_pandoc_version))


def _document(blocks: Nodes, meta: dict[str, Node] | None = None) -> str:
    return json.dumps({"pandoc-api-version": API_VERSION, "meta": meta or {}, "blocks": blocks})


def _reason(message: str) -> str:
    """Return why pandoc gave up: the last line of what stands after the words that pypandoc puts before it."""
    output = message.rpartition("during conversion: ")[2].strip()
    if "eap exhausted" in output:
        return "it takes more than a gigabyte to unfold"
    reason = output.splitlines()[-1].removeprefix("pandoc: ") if output else "it does not say why"
    return f"pandoc cannot read it: {shorten(reason, 200)}"


def _run(text: str | bytes, *, source: str, target: str, limits: Sequence[str] = ()) -> tuple[str, list[str]]:
    """Convert *text* in pandoc's sandbox, where it can read and fetch nothing; return also its warnings."""
    script = str(resources.files("polyleaf") / "pandoc.lua")
    collector = _WarningCollector()
    logger = logging.getLogger("pypandoc")
    handlers, logger.handlers = logger.handlers, [collector]
    before, logger.propagate = logger.propagate, False
    try:
        output = _translating_errors(
            lambda: pypandoc.convert_text(
                text,
                script if target == "writer" else target,
                script if source == "reader" else source,
                extra_args=["--sandbox", *limits],
                verify_format=False,
            )
        )
    finally:
        logger.handlers = handlers
        logger.propagate = before
    return str(output), collector.lines


def _translating_errors(call: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever pypandoc returns
    try:
        return call()
    except OSError as error:
        raise ToolMissing(f"pandoc does not run: {error}", hint="Run scripts/build, which installs it.") from error
    except RuntimeError as error:
        raise RenderError(_reason(str(error)), hint="Take out what is unusual there.") from error


class _WarningCollector(logging.Handler):
    """Keeps the warnings of pandoc, each once."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage().strip()
        if message and message not in self.lines:
            self.lines.append(message)
