"""Questions about a web page as a browser gets it: whole, found by a voice, asking for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf import languages
from polyleaf.checks.output import colours, documents
from polyleaf.inspection import css
from polyleaf.theme.contrast import TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.inspection.css import Rule
    from polyleaf.inspection.html import HtmlDocument, Tag

LOADING = ("src", "srcset", "poster", "data", "background", "action", "formaction")
HARMLESS = frozenset(("alternate", "canonical", "author", "license", "help", "next", "prev"))
"""Kinds of `<link>` that a browser does not load."""

SEVERAL = 2


def page_loads(page: HtmlDocument) -> Iterator[str]:
    """A page asks for nothing: images, styles and fonts are in it. Links that a reader follows are fine.

    Bad:  <img src="https://example.org/knee.png" alt="Knee">
    Good: <img src="data:image/png;base64,..." alt="Knee">
    """
    for tag in page.tags:
        asked = [tag.get(name) for name in LOADING] + ([tag.get("href")] if _is_loaded(tag) else [])
        for address in filter(None, asked):
            if not address.startswith(("data:", "#")):
                yield f"line {tag.line}: <{tag.name}> asks for {address!r}"
    for address in page.sheet.loaded:
        if not address.startswith(("data:", "#")):
            yield f"a style sheet asks for {address!r}"


def _is_loaded(tag: Tag) -> bool:
    return (tag.name == "link" and not set(tag.get("rel").split()) <= HARMLESS) or tag.name in {"use", "image", "base"}


def page_script(page: HtmlDocument) -> Iterator[str]:
    """A page runs no script.

    Bad:  <p onclick="...">
    Good: <p>
    """
    for tag in page.tags:
        runs = [name for name in tag.attributes if name.lower().startswith("on")]
        runs += ["href"] if tag.get("href").strip().lower().startswith("javascript:") else []
        if tag.name == "script" or runs:
            yield f"line {tag.line}: <{tag.name}> runs a script{''.join(f' ({name})' for name in runs)}"


def page_language(page: HtmlDocument) -> Iterator[str]:
    """A page has a title, and says its language and in which direction that is read.

    Bad:  <html>
    Good: <html lang="ar" dir="rtl">
    """
    yield from documents.language(page)


def page_headings(page: HtmlDocument) -> Iterator[str]:
    """A page has one heading of level 1, and skips no level below it.

    Bad:  <h1>, then <h3>
    Good: <h1>, then <h2>
    """
    found = len(page.named("h1"))
    if found != 1:
        yield f"it has {found} headings of level 1, and should have one"
    yield from documents.levels(page)


def page_landmarks(page: HtmlDocument) -> Iterator[str]:
    """A page has one <main>, and a <nav> when it has sections; several have names of their own.

    Bad:  two <nav> without names
    Good: <main>, and <nav aria-label="Contents">
    """
    mains, navs = page.named("main"), page.named("nav")
    if len(mains) != 1:
        yield f"it has {len(mains)} <main>, and should have one"
    sections = [tag for tag in page.named("h2") if page.within(tag, "main")]
    if len(sections) >= SEVERAL and not navs:
        yield "it has sections and no <nav> that leads to them"
    names = [tag.get("aria-label") or tag.get("aria-labelledby") for tag in navs]
    if len(navs) >= SEVERAL and (not all(names) or len(set(names)) < len(names)):
        yield "several <nav> have the same name, or none: a voice cannot tell them apart"


def skip_link(page: HtmlDocument) -> Iterator[str]:
    """The first link of a page leads past the head, to its text (WCAG 2.2, 2.4.1).

    Bad:  <a href="#text"> where nothing has the id "text"
    Good: <a href="#text"> and <main id="text">
    """
    first = next(iter(page.named("a")), None)
    target = first.get("href").removeprefix("#") if first and first.get("href").startswith("#") else ""
    if not target or target not in [tag.get("id") for tag in page.named("main")]:
        yield "its first link does not lead to <main>"


def image_unnamed(page: HtmlDocument) -> Iterator[str]:
    """Every image has an alternative text, empty when it is decoration.

    Bad:  <img src="...">
    Good: <img src="..." alt="A bent knee.">
    """
    yield from documents.images(page)


def id_twice(page: HtmlDocument) -> Iterator[str]:
    """No two elements have one id.

    Bad:  <p id="a"> twice
    Good: <p id="a"> and <p id="b">
    """
    yield from documents.twice(page)


def link_broken(page: HtmlDocument) -> Iterator[str]:
    """Links within a page lead to something that is there.

    Bad:  <a href="#doses"> where nothing has the id "doses"
    Good: <a href="#doses"> and <h2 id="doses">
    """
    known = {"", "top", *page.ids}
    for tag in page.named("a"):
        if tag.get("href").startswith("#") and tag.get("href")[1:] not in known:
            yield f"line {tag.line}: the link {tag.words!r} leads to {tag.get('href')!r}, which is not there"


def language_links(page: HtmlDocument) -> Iterator[str]:
    """A link to another language has its name in that language, and says which it is.

    Bad:  <a href="../ar/knee.html">Arabic</a>
    Good: <a href="../ar/knee.html" lang="ar" hreflang="ar">العربية</a>
    """
    told = [tag.get("hreflang") for tag in page.named("link") if tag.get("rel") == "alternate"]
    links = [tag for tag in page.named("a") if tag.get("hreflang")]
    for missing in sorted(set(told) - {tag.get("hreflang") for tag in links}):
        yield f"it is there in {missing!r}, and no link leads there"
    for tag in links:
        code = tag.get("hreflang")
        if tag.get("lang") != code:
            yield f"line {tag.line}: the link {tag.words!r} leads to {code!r} and says that it is {tag.get('lang')!r}"
        elif tag.words != languages.autonym(code.replace("-", "_")):
            name = languages.autonym(code.replace("-", "_"))
            yield f"line {tag.line}: the link to {code!r} is called {tag.words!r}, and not {name!r}"


def page_justified(page: HtmlDocument) -> Iterator[str]:
    """Style sheets stretch no lines and break no words.

    Bad:  p { text-align: justify; hyphens: auto }
    Good: p { text-align: start; hyphens: none }
    """
    wrong = {("text-align", "justify"), ("hyphens", "auto"), ("-webkit-hyphens", "auto"), ("word-break", "break-all")}
    for rule in page.sheet.rules:
        for pair in sorted(wrong & {(name, value.lower()) for name, value in rule.declared.items()}):
            yield f"the style sheet says {pair[0]}: {pair[1]} for {rule.selector or 'an element'!r}"


def page_colours(page: HtmlDocument) -> Iterator[str]:
    """A text colour and a background that stand together in a style sheet have a contrast of at least 4.5 to 1.

    Bad:  p { color: #999; background: #fff }
    Good: p { color: #333; background: #fff }
    """
    for condition in dict.fromkeys(rule.condition for rule in page.sheet.rules):
        for rule in page.sheet.rules:
            pair = _pair(page, rule, condition) if rule.condition in {"", condition} else None
            if pair and colours.ratio_of(*pair) < TEXT:
                under = f" under {condition}" if condition else ""
                yield f"{rule.selector!r}{under}: a contrast of {colours.ratio_of(*pair):.1f} to 1, less than {TEXT:g}"


def _pair(page: HtmlDocument, rule: Rule, condition: str) -> tuple[css.Colour, css.Colour] | None:
    ground = rule.declared.get("background-color", rule.declared.get("background", ""))
    pair = [css.colour(page.sheet.value(text, condition)) for text in (rule.declared.get("color", ""), ground)]
    return (pair[0], pair[1]) if pair[0] and pair[1] else None
