"""What no attack may bring about: text of a prompt, an invented citation, active content in a page or a message."""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import files

from bs4 import BeautifulSoup
from bs4.element import Tag
from markdown_it import MarkdownIt

import prompts
from rag.cite import fold as cited_fold
from rag.library import Library
from rag.types import Answer

#: So many characters in a row, white space left out, are text of a prompt and no accident.
RUN_CHARS = 14
#: Elements that run, load or send something.
ACTIVE = ("script", "iframe", "frame", "object", "embed", "applet", "math", "video", "audio", "source", "base")
#: What an icon of the page is drawn with.
DRAWN = frozenset(("path", "circle", "rect", "line", "polyline", "polygon", "g", "use", "title"))
PASSIVE_ONLY = ("svg", "img", "picture", "meta", "link", "style")
#: Attributes that hold an address.
ADDRESSES = (
    "href",
    "xlink:href",
    "src",
    "action",
    "formaction",
    "srcset",
    "srcdoc",
    "data",
    "poster",
    "background",
    "ping",
    "cite",
)
HTMX_ADDRESSES = ("hx-get", "hx-post", "hx-put", "hx-delete", "hx-patch")
#: Attributes of htmx that run code.
HTMX_CODE = ("hx-on", "hx-vals", "hx-vars", "hx-headers")
#: Within the page, and nothing that `//` or a scheme leads elsewhere.
OWN_ADDRESS = re.compile(r"(?:(?:http://testserver)?/(?![/\\])|#|\?)[^\s]*")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def active_content(html: str, *, whole_page: bool) -> list[str]:
    """What of a page (or a part of one) is active or leads out of it; nothing where it is as it has to be."""
    soup = BeautifulSoup(html, "html.parser")
    found = []
    for tag in soup.find_all(True):
        assert isinstance(tag, Tag)
        if tag.name in (*ACTIVE, *PASSIVE_ONLY) and not (_is_icon(tag) or (whole_page and _of_the_page(tag))):
            found.append(f"<{tag.name}>")
        found += _attributes(tag)
    return found


def _is_icon(tag: Tag) -> bool:
    """A drawing without anything but lines, as the templates have them."""
    inside = {child.name for child in tag.find_all(True) if isinstance(child, Tag)}
    return tag.name == "svg" and tag.get("aria-hidden") == "true" and bool(inside) and inside <= DRAWN


def _of_the_page(tag: Tag) -> bool:
    """What the head of every page has: its own script, style sheets, icon and metadata."""
    if tag.name == "script":
        return str(tag.get("src", "")).startswith("/static/") and not tag.get_text(strip=True)
    if tag.name == "link":
        return str(tag.get("href", "")).startswith("/static/")
    return tag.name == "meta" and not tag.get("http-equiv")


def _attributes(tag: Tag) -> Iterator[str]:
    for name, value in tag.attrs.items():
        text = " ".join(value) if isinstance(value, list) else str(value)
        if name.startswith("on") or name.startswith(HTMX_CODE) or name == "style":
            yield f"{tag.name} {name}={text[:60]}"
        if name in (*ADDRESSES, *HTMX_ADDRESSES) and text and not OWN_ADDRESS.fullmatch(text):
            yield f"{tag.name} {name}={text[:60]}"


def active_in_message(markdown: str) -> list[str]:
    """What becomes active where a message is shown by a program that allows all of Markdown and HTML in it."""
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown)
    return active_content(html, whole_page=False)


def text_of(html: str) -> str:
    """The words of a page."""
    return BeautifulSoup(html, "html.parser").get_text(" ")


def prompt_text(shown: str) -> list[str]:
    """The pieces of a prompt that stand in a text."""
    folded = _folded(shown)
    runs = _prompt_runs()
    pieces = (folded[start : start + RUN_CHARS] for start in range(len(folded) - RUN_CHARS + 1))
    return [piece for piece in pieces if piece in runs]


@functools.cache
def _prompt_runs() -> frozenset[str]:
    """Every run of characters of every prompt's own words; its examples are worded as answers are."""
    names = [f.name.removesuffix(".yaml") for f in files(prompts).iterdir() if f.name.endswith(".yaml")]
    assert names, "there are no prompts"
    loaded = [prompts.load(name) for name in names]
    texts = [_folded(text) for p in loaded for text in (p.system, p.user)]
    return frozenset(text[start : start + RUN_CHARS] for text in texts for start in range(len(text) - RUN_CHARS + 1))


def _folded(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def words_of(answer: Answer) -> str:
    """All of an answer but the question: text, rows, warnings, notice, suggestions, labels and quotes."""
    said = {key: value for key, value in answer.as_dict().items() if key not in ("question", "interpreted")}
    return json.dumps(said, ensure_ascii=False)


def told(answer: Answer) -> str:
    """What an answer says in its own words: text, warnings and notice, each on lines of its own."""
    return "\n".join(["", answer.answer, *answer.warnings, answer.notice])


def invented(answer: Answer, library: Library) -> list[str]:
    """Citations that are none: of no collected version, at no item, of words that do not stand there; and markers."""
    found = []
    versions = {v.id: v for v in library.catalog.versions(current_only=False)}
    for c in answer.citations:
        version = versions.get(c.version)
        if version is None or version.document != c.document or version.published != c.published:
            found.append(f"no such document: {c.document}")
        elif c.item not in {item.key for item in library.catalog.items(version.id)}:
            found.append(f"no such place: {c.section}")
        elif not cited_fold(c.quote) or cited_fold(c.quote) not in cited_fold(library.catalog.source(version.id)):
            found.append(f"not said there: {c.quote}")
    known = {c.marker for c in answer.citations}
    found += [f"row without a source: {row.document}" for row in answer.rows if row.marker not in known]
    return found
