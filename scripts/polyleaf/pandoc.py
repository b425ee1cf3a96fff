"""Calls pandoc: texts in, trees out, trees in, HTML out, any number of them in one run."""

from __future__ import annotations

import base64
import functools
import json
import math
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TypeVar

import pypandoc

from polyleaf import limited_processes, tree
from polyleaf.errors import KnownWarning, RenderError, SourceError, ToolMissing, stop_for
from polyleaf.limited_processes import Coprocess
from polyleaf.model import Node, Nodes
from polyleaf.quotations import quote, shorten

API_VERSION = [1, 23, 1]
"""The version of pandoc's JSON that `tree` knows; pandoc refuses another one."""

PINNED = Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc")
"""The pandoc that comes with pypandoc_binary. pypandoc itself takes another that is newer, or as new and in PATH."""

CHOSEN = "PYPANDOC_PANDOC"
"""The variable with which somebody chooses another pandoc: https://github.com/JessicaTegner/pypandoc#usage"""

MARKDOWN = (
    "markdown+tex_math_double_backslash-tex_math_dollars-raw_tex-latex_macros"
    "-yaml_metadata_block-pandoc_title_block-mmd_title_block"
)
"""Pandoc's Markdown without what would vanish or act from inside a text: TeX, metadata and title blocks.

A formula is `\\\\(...\\\\)`: between two prices a dollar sign is a dollar sign."""

FRAGMENT = MARKDOWN + "-implicit_figures-shortcut_reference_links-spaced_reference_links"
"""The same for a piece of text that stands alone: an image alone in it is no figure, `[a]` alone no link."""

MEGABYTES = 700
"""How much memory pandoc may take, in MB: the runtime system of GHC stops it there. A MB of leaflets takes 250."""

SECONDS, SECONDS_PER_MB = 2, 15
"""How much processor time pandoc may take: it starts in 0.2 s, and reads a MB of leaflets in 7 s."""

SECONDS_FOR_FILE = 20
"""How much processor time pandoc may take for a file to import: packed, it does not tell how much it holds."""

BATCH = 1_000_000
"""How many characters are given to pandoc in one run, so that many leaflets stay within the limits of memory."""

MOST_EXCEEDED = 12
"""How many seconds may be lost by runs that exceed the limits, before a batch is refused as it is."""

WITHIN_LIMITS = (
    "Close what is open in it (tags, brackets, backticks, quotation marks), write a backslash before a sign that "
    "stands for itself, and take large tables and deep lists apart."
)

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
"""What pandoc warns of in a text that anybody may write.

Where a group is `line`, it is the line in the text; else the text is searched for the group `needle`.
"""

PARAGRAPH = re.compile(r"(?:^.*\S.*(?:\n|$))+", re.MULTILINE)
STARTED = re.compile(r"\x1e(\d+)\n")
"""What `pandoc.lua` writes before it reads a text of a batch: its number, from 1 on."""

EXHAUSTED = re.compile(r"heap exhausted|stack overflow", re.IGNORECASE)
"""What the runtime system of GHC writes when a limit of memory is reached."""

LEVEL = re.compile(r"^\[(ERROR|WARNING|INFO|DEBUG)\] ", re.MULTILINE)
"""How a message of pandoc starts."""

SCRIPT = str(resources.files("polyleaf") / "pandoc.lua")

CITEPROC = "citeproc"
"""The name under which `pandoc.lua` sets the citations of a tree instead of reading a text."""

Item = TypeVar("Item")

Job = tuple[str, str, str]
"""The name of a text for messages (a file, or a file with a line), pandoc's name of its format, and the text."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text is not read; *exceeded* when it takes too much time or memory."""

    errors: tuple[SourceError, ...]
    exceeded: bool = False


_exceeding: dict[Job, Refusal] = {}
"""The texts that exceeded the limits alone, which a command that reads them once more need not find out again."""


class _LimitExceededError(Exception):
    """Pandoc took too much time or memory; *started* of the texts were begun, 0 when that is not known."""

    def __init__(self, seconds: int, started: int) -> None:
        super().__init__(seconds, started)
        self.seconds = seconds
        self.started = started
        self.fact = f"takes more than {seconds} seconds or {MEGABYTES} MB to read"


def read(jobs: Sequence[Job]) -> list[Nodes]:
    """Return the blocks of each text in *jobs*.

    Raises SourceError with everything that pandoc warns of, by the names of the texts, and their lines, and with the
    texts that take too much time or memory. In a text of the format MARKDOWN that is also each formula that cannot be
    written.
    """
    results = read_each(jobs)
    stop_for([error for result in results if isinstance(result, Refusal) for error in result.errors])
    return [result for result in results if not isinstance(result, Refusal)]


def read_each(jobs: Sequence[Job]) -> list[Nodes | Refusal]:
    """Return the blocks of each text in *jobs*, or why it is refused, as `read` does for all of them."""
    known = {job: _exceeding[job] for job in jobs if job in _exceeding}
    results = iter(_read_in_parts([job for job in jobs if job not in known]))
    return [known[job] if job in known else next(results) for job in jobs]


def _read_in_parts(jobs: Sequence[Job]) -> list[Nodes | Refusal]:
    """Return what `read_each` does.

    A run that exceeds the limits is divided until the text that does it is alone, as long as there is time for that.
    """
    results: list[Nodes | Refusal] = []
    lost = 0
    parts = list(_batches(jobs, [len(text) for _, _, text in jobs]))[::-1]
    while parts:
        part = parts.pop()
        try:
            trees, warnings = _read(part)
        except _LimitExceededError as limit:
            lost += limit.seconds
            if len(part) > 1 and lost < MOST_EXCEEDED:
                parts += _divide(part, limit.started - 1)
            else:
                results += _refuse(part, limit)
            continue
        if warnings and len(part) > 1:
            parts += _divide(part, -1)
        elif warnings:
            results.append(Refusal(tuple(_explain(warning, *part[0]) for warning in warnings)))
        else:
            results += trees
    return results


def _batches(items: Sequence[Item], sizes: Sequence[int]) -> Iterator[Sequence[Item]]:
    """Yield *items* in runs of at most BATCH characters, by their *sizes*; one that is larger stands alone."""
    first = total = 0
    for at, size in enumerate(sizes):
        if at > first and total + size > BATCH:
            yield items[first:at]
            first, total = at, 0
        total += size
    if items:
        yield items[first:]


def _divide(jobs: Sequence[Job], suspect: int) -> list[Sequence[Job]]:
    """Return *jobs* in parts, the last first: the one before the *suspect*, it and those after it; halves for -1."""
    start, end = (suspect, suspect + 1) if suspect >= 0 else (len(jobs) // 2,) * 2
    return [part for part in (jobs[end:], jobs[start:end], jobs[:start]) if part]


def _read(jobs: Sequence[Job], size: int = 0) -> tuple[list[Nodes], list[str]]:
    """Return the blocks of each text in *jobs*, and the warnings about all of them; *size* is that of `_ask`."""
    request = json.dumps([[format_, text, format_ == MARKDOWN] for _, format_, text in jobs])
    output, warnings = _ask("read", request, size)
    return ([] if warnings else [part["c"][1] for part in json.loads(output)["blocks"]]), warnings


def _refuse(jobs: Sequence[Job], limit: _LimitExceededError) -> list[Nodes | Refusal]:
    """Return the refusal of each of *jobs*, which were read in one run when they exceeded the *limit*."""
    if len(jobs) == 1:
        error = SourceError(f"{_name_with_line(jobs[0])}: this text {limit.fact}", hint=WITHIN_LIMITS)
        _exceeding[jobs[0]] = Refusal((error,), exceeded=True)
        return [_exceeding[jobs[0]]]
    fact = f"this text, or one of {len(jobs)} read with it, {limit.fact}"
    errors = [SourceError(f"{name}: {fact}", hint=WITHIN_LIMITS) for name, _, _ in jobs]
    return [Refusal((error,), exceeded=True) for error in errors]


def _name_with_line(job: Job) -> str:
    """Return the name of a text that exceeds the limits, with the line of the paragraph that does, if one does."""
    name, format_, text = job
    paragraphs = list(PARAGRAPH.finditer(text))
    if ":" in name:
        return name
    try:
        _read([(name, format_, match.group()) for match in paragraphs], len(text))
    except _LimitExceededError as limit:
        start = paragraphs[max(limit.started - 1, 0)].start()
        return f"{name}:{text.count(chr(10), 0, start) + 1}"
    return name


def _explain(warning: str, name: str, _format: str, text: str) -> SourceError:
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

    Raises SourceError when pandoc cannot read it, or not within the limits: a file of some kilobytes may unfold to
    gigabytes.
    """
    hint = "Open it in the program that made it, and save it anew."
    try:
        output, warnings = _convert(content, format_)
    except _LimitExceededError as limit:
        raise SourceError(f"it {limit.fact}", hint=hint) from limit
    except RenderError as error:
        raise SourceError(error.message, hint=hint) from error
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
    divisions = [json.dumps(tree.div([], part)) for part in parts]
    return [html for batch in _batches(divisions, [len(each) // 4 for each in divisions]) for html in _write(batch)]


def _write(divisions: Sequence[str]) -> list[str]:
    document = _document([])
    try:
        output, warnings = _ask("write", f"{document[:-2]}{','.join(divisions)}]}}")
    except _LimitExceededError as limit:
        raise RenderError(f"a leaflet {limit.fact}", hint=WITHIN_LIMITS) from limit
    if warnings:
        error = _explain(warnings[0], "a leaflet", "json", "")
        raise RenderError(error.message, hint=error.hint)
    return [str(html) for html in json.loads(output)]


def version() -> str:
    """Return the version of the pandoc in use."""
    return _version(_path())


@functools.cache
def _version(path: str) -> str:
    try:
        words = limited_processes.run([path, "--version"], b"", SECONDS).stdout.split()
    except OSError as error:
        raise _missing(error) from error
    return words[1].decode() if len(words) > 1 else "unknown"


def _document(blocks: Nodes, meta: dict[str, Node] | None = None) -> str:
    return json.dumps({"pandoc-api-version": API_VERSION, "meta": meta or {}, "blocks": blocks})


def _ask(name: str, request: str, size: int = 0) -> tuple[str, list[str]]:
    """Return the answer of `pandoc.lua` to *request*, JSON, by the function *name* of it, and pandoc's warnings.

    It reads in pandoc's sandbox, where it can open and fetch nothing. Raises _LimitExceededError when it takes more
    memory than MEGABYTES, or more time than its length, or *size*, allows.
    """
    content = f"{name} {request}".encode()
    seconds = SECONDS + math.ceil(SECONDS_PER_MB * (size or len(content)) / 1_000_000)
    try:
        answer = _coprocess((_path(), "+RTS", f"-M{MEGABYTES}M", "-RTS", "lua", SCRIPT)).ask(content, seconds)
    except OSError as error:
        raise _missing(error) from error
    message = answer.errors.decode("utf-8", "replace")
    started = STARTED.findall(message)
    kind, _, output = answer.line.decode("utf-8", "replace").partition(" ")
    if answer.exit_code is not None or (kind != "ok" and EXHAUSTED.search(output)):
        raise _LimitExceededError(seconds, int(started[-1]) if started else 0)
    if kind != "ok":
        raise RenderError(_reason(json.loads(output)), hint="Take out what is unusual there.")
    return output, _warnings(STARTED.sub("", message))


@functools.lru_cache(maxsize=1)
def _coprocess(command: tuple[str, ...]) -> Coprocess:
    """Return the pandoc that answers in this process; another command ends it."""
    return Coprocess(command)


def _convert(content: bytes, format_: str) -> tuple[str, list[str]]:
    """Return the file *content* of pandoc's *format_* as JSON, read in the sandbox, and pandoc's warnings.

    Raises _LimitExceededError when it takes more than MEGABYTES or SECONDS_FOR_FILE.
    """
    command = [_path(), f"--from={format_}", "--to=json", "--sandbox", "+RTS", f"-M{MEGABYTES}M", "-RTS"]
    try:
        process = limited_processes.run(command, content, SECONDS_FOR_FILE)
    except OSError as error:
        raise _missing(error) from error
    message = process.stderr.decode("utf-8", "replace")
    if process.returncode < 0 or EXHAUSTED.search(message):
        raise _LimitExceededError(SECONDS_FOR_FILE, 0)
    if process.returncode:
        raise RenderError(_reason(message), hint="Take out what is unusual there.")
    return process.stdout.decode("utf-8", "replace"), _warnings(message)


def _path() -> str:
    """Return the path of pandoc: the pinned one, whatever PATH has, unless the variable PYPANDOC_PANDOC names another.

    Raises ToolMissing when there is none.
    """
    if PINNED.is_file() and CHOSEN not in os.environ:  # noqa: TID251 - it is a variable of the library that is called
        return str(PINNED)
    try:
        return str(pypandoc.get_pandoc_path())
    except OSError as error:
        raise _missing(error) from error


def _missing(error: OSError) -> ToolMissing:
    return ToolMissing(f"pandoc does not run: {error}", hint="Run scripts/build, which installs it.")


def _reason(message: str) -> str:
    """Return why pandoc gave up: the last line of its *message*."""
    lines = message.strip().splitlines()
    reason = lines[-1].removeprefix("pandoc: ") if lines else "it does not say why"
    return f"pandoc cannot read it: {shorten(reason, 200)}"


def _warnings(message: str) -> list[str]:
    """Return the warnings in what pandoc wrote, each once; one may have several lines."""
    before, *others = LEVEL.split(message)
    pairs = [("WARNING", before), *zip(others[::2], others[1::2], strict=True)]
    warnings = [text.strip() for level, text in pairs if level in {"WARNING", "ERROR"}]
    return [text for text in dict.fromkeys(warnings) if text]
