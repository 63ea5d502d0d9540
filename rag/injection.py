"""What of a question is no question: characters that nobody sees, code and markup, words to whoever answers.

It is left out before the question is understood and so never reaches a model; the answer shows which question it
answers. What is asked of the assessments stays word for word.
"""

from __future__ import annotations

import functools
import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from rag import vocabulary
from rag.places import normal
from rag.types import Answer

#: Whether a text names something that assessments speak of: a municipality, a duty, a place of the form.
Names = Callable[[str], bool]

#: Joiners of characters, which have their place in names.
_JOINERS = "\u200c\u200d"
_TERMINAL = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?)")
#: What ends a turn in the formats of chat models: all behind it is a conversation that somebody made up.
_END_OF_TURN = re.compile(
    r"<\|[^|<>\n]{1,30}\|>|\[/?INST\]|<</?SYS>>|</?(?:question|evidence|system|data|draft)\b[^<>]*>"
    r"|^[ \t]*(?:assistant|user|system|human|アシスタント)[ \t]*[:：]|^[ \t]*(?:event|data):|\"\}+\]*,",
    re.IGNORECASE | re.MULTILINE,
)
#: Elements of HTML that only dress the words in them.
_DRESS = r"(?:a|b|i|u|s|em|strong|span|font|mark|small|big|p|div|br|ruby|rb|rt|li|ul|ol|td|th|tr|table|h[1-6])"
_LESS, _MORE = "[<＜]", "[>＞]"
_CODE = re.compile(
    rf"{_LESS}(?!{_DRESS}\b)([a-zａ-ｚ][\w-]*)[^<>＜＞]*{_MORE}[^<＜]*{_LESS}[/／]\1\s*{_MORE}"
    rf"|{_LESS}[/／]?[a-zａ-ｚ!][^<>＜＞]*{_MORE}"
    r"|\{\{[^{}]*\}\}|\{%[^{}]*%\}|\$\{[^{}]*\}|\{[^{}]*\}|\$+\w*|%\(\w+\)\w|%[a-z0-9]{1,2}\b|!!\w+[!-~]*"
    r"|!?\[[^\[\]]*\]\((?:[!-'*-~]|\([!-'*-~]*\))*\)|^[ \t]*\[[^\[\]]*\]:[ \t]*[!-~]+|\[c\d{1,3}\]"
    r"|\b(?:https?|ftp|file|javascript|vbscript):[!-~]+|(?:\.\.[/\\])+[!-~]*|\b[a-z]:\\[!-~]*"
    r"|(?<![a-z0-9+/])(?=[a-z+/]*\d)[a-z0-9+/]{32,}={0,2}|[\"'];[ -~]*",
    re.IGNORECASE | re.MULTILINE,
)
_ESCAPED = re.compile(r"(?:%[0-7][0-9a-f])+", re.IGNORECASE)
#: Words put together from letters of several scripts that look alike, and letters buried under marks.
_DISGUISED = re.compile(
    r"\b\w*(?:[a-z][\u0370-\u052f]|[\u0370-\u052f][a-z])[\w\u0370-\u052f]*|\S[\u0300-\u036f]{3,}", re.IGNORECASE
)
#: Code may stand in code.
_DEPTH = 3
_SENTENCES = re.compile(r".+?(?:[。！？!?\n]+\s*|(?<=[a-z])\.\s+|$)", re.DOTALL | re.IGNORECASE)
_BLANKS = re.compile(r" {2,}")
#: A sentence that tells to do something.
_TELLS = re.compile(r"(?:て|ください|下さい|なさい|せよ|しろ)[。!]?$")


@dataclass(frozen=True, slots=True)
class _Words:
    """The layout of injection.yaml."""

    clauses: list[str]
    sentences: list[str]
    documents: list[str]


def question_in(text: str, names: Names) -> str:
    """What of a text asks something of assessments; the text itself where that is all of it, "" where nothing is."""
    asked = _without_code(_own_turn(visible(text)))
    asked = _clauses().sub("", asked) if _clauses().search(normal(asked)) else asked
    sentences = _SENTENCES.findall(asked)
    kept = [s for s in sentences if not _told(s, names, alone=len(sentences) == 1)]
    asked = _BLANKS.sub(" ", "".join(kept)).strip()
    if not any(c.isalnum() for c in asked):
        return ""
    return text if asked == text.strip() else asked


def _without_code(text: str) -> str:
    """The text without markup, templates and addresses, escaped ones too."""
    text = visible(html.unescape(_ESCAPED.sub(lambda m: unquote(m[0]), text)))
    for _ in range(_DEPTH):
        text = _CODE.sub(" ", text)
    return _DISGUISED.sub(" ", text)


def told_by_documents(answer: Answer) -> bool:
    """Whether what an answer rests on says something to a program that reads it: then no model is to word it."""
    cells = (value for row in answer.rows for _, value in row.cells)
    said = "\n".join((answer.answer, *cells, *(c.quote for c in answer.citations)))
    return speaks_to_program(said)


def speaks_to_program(text: str) -> bool:
    """Whether a text of a document says something to a program that reads it."""
    return bool(_documents().search(normal(visible(text))))


def visible(text: str) -> str:
    """The text without control and format characters: zero-width, bidirectional, tags, commands to a terminal."""
    text = _TERMINAL.sub("", text)
    return "".join(
        c for c in text if c in "\n\t\r" or c in _JOINERS or unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cs"}
    )


def _own_turn(text: str) -> str:
    """What stands before the first end of a turn; where nothing does, the text without the marks of turns."""
    head = _END_OF_TURN.split(text, maxsplit=1)[0]
    return head if any(c.isalnum() for c in head) else _END_OF_TURN.sub(" ", text)


def _told(sentence: str, names: Names, *, alone: bool) -> bool:
    """Whether a sentence is said to whoever answers, and asks nothing."""
    text = normal(sentence).strip()
    if _sentences().search(text):
        return True
    return not alone and bool(_TELLS.search(text)) and not names(sentence)


@functools.cache
def _words() -> _Words:
    return vocabulary.load("injection", _Words)


@functools.cache
def _clauses() -> re.Pattern[str]:
    return _any_of(_words().clauses)


@functools.cache
def _sentences() -> re.Pattern[str]:
    return _any_of(_words().sentences)


@functools.cache
def _documents() -> re.Pattern[str]:
    return _any_of(_words().documents)


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE | re.MULTILINE)
