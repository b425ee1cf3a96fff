"""Page numbers in the contents: laid out in two rounds, where WeasyPrint takes three.

The numbers are known after a first round of all pages. WeasyPrint writes them into the contents while it lays out that
page again, too late for this second round, and needs a third. Here they are written between the rounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Page = Any
"""A page of WeasyPrint."""

PAGE_COUNT = "pages"
"""The counter that says how many pages there are (CSS Generated Content for Paged Media 3, 5.1)."""


def write_between_rounds(make_pages: Callable[..., Iterator[Page]]) -> Callable[..., Iterator[Page]]:
    """Return WeasyPrint's *make_pages*, which makes a round of pages, with the page numbers written before it."""

    def make_all_pages(context: Any, root: Any, html: Any, pages: list[Page]) -> Iterator[Page]:  # noqa: ANN401 - WeasyPrint brings no types
        _write_numbers(context, len(pages))
        return make_pages(context, root, html, pages)

    return make_all_pages


def _write_numbers(context: Any, page_count: int) -> None:  # noqa: ANN401 - as above
    """Write the counters, as the last round of *page_count* pages has them, on the pages that are laid out again.

    An item on no page (in the first round, none is on any; a running footer never is) is left to WeasyPrint.
    """
    for (_, css_token), item in context.target_collector.counter_lookup_items.items():
        if css_token != "content" or item.page_maker_index is None:  # noqa: S105 - no password
            continue
        remade = context.page_maker[item.page_maker_index : item.page_maker_index + 1]  # none, if that page is gone
        if any(state["content_changed"] or state["pages_wanted"] for *_, state in remade):
            item.cached_page_counter_values[PAGE_COUNT] = [page_count]
            item.parse_again(item.cached_page_counter_values)
