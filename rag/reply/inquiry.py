"""A masked inquiry → its sentences: hard-wrapped lines joined, lists and notes taken line by line, tokens known."""

from __future__ import annotations

import re
import unicodedata

#: Tokens of the masking.
TOKEN = re.compile(r"〔[^〔〕\n]{1,20}〕")
#: The token of a person: put back in the finished letter.
NAME = re.compile(r"〔氏名\d*〕")
_NUMERAL = "[一二三四五六七八九十]{1,2}"
_BULLET = re.compile(
    rf"^\s*(?:[・●○◆■◎*\-－–—•]|[(（]?\d{{1,2}}[)）.．、:：]|\d{{1,2}}\s(?=\S)|[①-⑳]"
    rf"|[(（]{_NUMERAL}[)）]|{_NUMERAL}(?:[.．、]|\s+)|[(（][ア-ンa-z][)）]|[ア-オ][.．、])\s*"
)
#: Headings of a note or a form: 用件:, 内容:
_LABEL = re.compile(
    r"^(?:用件|内容|件名|質問(?:事項|\d*)?|お?問い?合わ?せ(?:内容)?|要旨|主訴|q\d*|趣旨|知りたいこと|聞きたいこと)\s*[:：]\s*",
    re.IGNORECASE,
)
_STOPS = re.compile(r"(?<=[。！？!?])(?![」』）)])|(?<=[a-z][.])\s|\n")
_OPEN_END = re.compile(r"(?:[。．！？!?」』)）:：]|(?:です|ます|でしょう|せん|[るた])か)\s*$")
_RUNS_ON = re.compile(r"(?:[、,をにがはのでともへやし]|(?<!つい)(?<!関し)て)\s*$")
#: ① and ② inside a line count entries.
_COUNTED = re.compile(r"(?=[①-⑳])")
#: A line of a letter that was wrapped by hand has at least so many characters, and nearly as many as the longest.
_WRAPPED_CHARS, _WRAPPED_SHARE = 18, 0.8
#: Who signs, or says who they are.
_SIGNED = (
    re.compile(r"(〔氏名\d*〕)\s*(?:と申(?:し|す)|といい|と言い|です[。、]|より(?:[。、\s]|$))"),
    re.compile(r"(?:氏名|名前|差出人|相談者|入電者|問合せ者|住民)\s*(?:様)?[:：\s]\s*(〔氏名\d*〕)"),
)


def sentences(text: str) -> list[str]:
    """The sentences of an inquiry in order, without bullets and labels."""
    found = []
    for piece in _STOPS.split("\n".join(map(_counted, _joined(text).split("\n")))):
        piece = _LABEL.sub("", _BULLET.sub("", piece.strip())).strip()
        if len(piece) > 1:
            found.append(piece)
    return found


def _counted(line: str) -> str:
    """A line with its counted entries on lines of their own."""
    return _COUNTED.sub("\n", line) if "①" in line and "②" in line else line


def plain(text: str) -> str:
    """A text as patterns read it: NFKC, lower case, tokens gone."""
    return unicodedata.normalize("NFKC", TOKEN.sub("", text)).lower()


def addressee(text: str) -> str:
    """The token of the person who writes; "" where that is not clear."""
    for pattern in _SIGNED:
        match = pattern.search(text)
        if match:
            return str(match[1])
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    last = re.search(r"[。\s\u3000](〔氏名\d*〕)$", lines[-1]) if lines else None
    if last:
        return str(last[1])
    for line in (*lines[-4:], *lines[:1]):
        rest = re.sub(r"(住所|氏名|電話|tel|mail|メール|年齢|\W|\d|様)", "", plain(line))
        names = NAME.findall(line)
        if len(names) == 1 and not rest and not line.rstrip().endswith(("様", "殿", "さん")):
            return str(names[0])
    return ""


def _joined(text: str) -> str:
    """The text with lines that were only wrapped put together again."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    longest = max(map(len, lines), default=0)
    joined: list[str] = []
    before = ""
    for line in lines:
        ended = not before.strip() or not line.strip() or _OPEN_END.search(before) or _BULLET.match(line)
        wrapped = len(before) >= max(_WRAPPED_CHARS, _WRAPPED_SHARE * longest) and len(lines) > 3
        wrapped = wrapped and not (joined and _BULLET.match(joined[-1]))
        if joined and not ended and (wrapped or _RUNS_ON.search(before)):
            joined[-1] += line.strip()
        else:
            joined.append(line)
        before = line
    return "\n".join(joined)
