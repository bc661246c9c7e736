"""Markdown of teachers as HTML that can do no harm: what is not plainly text is left out. Pure."""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt

# No pictures: they would be asked of another host, and no page of the portal does that.
TAGS = {
    "p", "br", "hr", "h3", "h4", "h5", "ul", "ol", "li", "strong", "em", "s", "code", "pre", "blockquote", "a",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "code": {"class"}, "th": {"scope"}}
# Longer than any practice, short enough to be read at once.
MOST_CHARACTERS = 50_000

_reader = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 20}).enable(
    ["table", "strikethrough"]
)


def as_html(text: str) -> str:
    """The text as HTML below a page's own headings: "# Title" is a heading of the third level."""
    tokens = _reader.parse(text[:MOST_CHARACTERS])
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(5, int(token.tag[1:]) + 2)}"
    return nh3.clean(
        _reader.renderer.render(tokens, _reader.options, {}),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"https", "http", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
