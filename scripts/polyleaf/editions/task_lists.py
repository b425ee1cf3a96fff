"""Lists of tasks: boxes that every format shows as the same sign, with a name for a voice.

The form controls that pandoc would make of them are lost on paper, and what is ticked in them on the page is.
"""

from __future__ import annotations

from polyleaf import templates, tree
from polyleaf.model import Node, Nodes

BOXES = {"☐": ("☐", "Not ticked"), "☒": ("☑", "Ticked")}
"""The sign that is printed for each of pandoc's, and the theme's label that says it: to many a cross says "wrong"."""

TASKS = "task-list"
"""The class of a list in which every item is a task, so that its items need no bullets."""


def with_named_box(item: Nodes, language: str) -> Nodes:
    """Return the *item* of a list, the box of a task named in *language* (a gettext code)."""
    box, rest = tree.split_task_box(item)
    return tree.with_task_box([_named(box[0]["c"], language), *box[1:]], rest) if box else item


def as_task_list(node: Node, items: list[Nodes]) -> Node:
    """Return the bullet list *node*, whose *items* were named, in a division if all of them are tasks."""
    is_task_list = all(tree.split_task_box(item)[0] for item in node["c"])
    bullets = tree.element("BulletList", items)
    return tree.div([TASKS], [bullets]) if is_task_list else bullets


def _named(sign: str, language: str) -> Node:
    shown, label = BOXES[sign]
    pairs = {"role": "img", "aria-label": templates.label(label, language), **templates.label_attributes(language)}
    return tree.span([tree.string(shown)], classes=["task-box"], pairs=pairs)
