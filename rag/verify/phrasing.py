"""A text → its phrases. Evidence and retelling are read alike, so that what the reading misses it misses in both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.terms import key
from rag.tokens import Word, Words
from rag.verify.endings import Ending, ending
from rag.verify.particles import AND, OR, particles
from rag.verify.phrases import FIRST_MARK, LAST_MARK, Phrase

#: 行って is read as いって or as おこなって; documents mean the latter.
_DONE = "行う"
_ABLE = frozenset({"可能"})
_ALSO = frozenset({"も"})
_STOPS = "。．.!?！？;；"
_COMMAS = "、，,"
_JOINTS = "-‐−ー~〜_&@/.:+"
#: What makes a verb of the noun before it.
_DOING = frozenset({"する", "できる", "致す", "いたす", "なさる"})
#: Nouns that no other noun joins: ため特定個人情報を are two phrases.
_FORMAL = frozenset({"為", "こと", "事", "場合", "時", "際", "都度"})
_NOMINAL = frozenset({"名詞", "接頭辞", "形状詞", "代名詞"})


def phrases(text: str, mentions: Sequence[str], words: Words) -> list[Phrase]:
    """The phrases of a folded text in which marks stand for mentions, in order.

    mentions   the text of each mention
    """
    return _Reader(text, mentions, _apart(words.morphemes(text))).read()


class _Reader:
    def __init__(self, text: str, mentions: Sequence[str], words: list[Word]) -> None:
        self.text = text
        self.mentions = mentions
        self.words = words
        self.at = 0
        self.found: list[Phrase] = []

    def read(self) -> list[Phrase]:
        while self.at < len(self.words):
            word = self.words[self.at]
            if _is_mark(word.surface) or _is_nominal(word):
                self._noun()
            elif word.pos[0] in {"動詞", "形容詞"}:
                self.at += 1
                self._predicate(_DONE if word.surface == "行っ" else _normal(word), word.surface, word.start)
            elif (joint := self._joint()) is not None:
                self._join(*joint)
            elif word.pos[0] in {"副詞", "連体詞", "接続詞", "感動詞"}:
                self._other(word)
            else:
                self._sign(word)
        return self.found

    def _noun(self) -> None:
        run = [self.words[self.at]]
        self.at += 1
        while self.at < len(self.words) and self._continues(run[-1]):
            run.append(self.words[self.at])
            self.at += 1
        marks = [ord(w.surface) - ord(FIRST_MARK) for w in run if _is_mark(w.surface)]
        mention = marks[0] if marks and len(run) == 1 else -1
        head = "".join(self._head(w) for w in run)
        text, start = "".join(self._text(w) for w in run), run[0].start
        if mention < 0 and self.at < len(self.words) and self.words[self.at].dictionary in _DOING:
            doing = self.words[self.at]
            self.at += 1
            self._predicate(head, text, start, _ABLE if doing.dictionary == "できる" else frozenset(), kind="deed")
            return
        found = particles(self.text, self.words, self.at)
        self.at = found.end
        if found.copula:
            self._predicate(head, text, start, frozenset({"断定"}), mention, bool(marks))
            return
        self._add(
            Phrase(
                head, text, start, found.case, found.topic, found.adnominal, "", _ALSO if found.also else frozenset(),
                "noun", mention, bool(marks),
            )
        )  # fmt: skip

    def _continues(self, last: Word) -> bool:
        word = self.words[self.at]
        if _is_mark(word.surface):  # a note in brackets belongs to its noun, other mentions stand alone
            return self.mentions[ord(word.surface) - ord(FIRST_MARK)].startswith("(")
        if _is_mark(last.surface) and not self._text(last).startswith("("):
            return False
        if _is_nominal(word):
            return word.pos[0] != "代名詞" and last.normal not in _FORMAL
        ahead = self.words[self.at + 1] if self.at + 1 < len(self.words) else None
        joins = word.surface in _JOINTS and last.surface.isascii() and last.surface.isalnum()
        return joins and ahead is not None and ahead.surface.isascii() and ahead.surface.isalnum()

    def _predicate(
        self, head: str, text: str, start: int, says: frozenset[str] = frozenset(), mention: int = -1,
        joined: bool = False, kind: str = "verb",
    ) -> None:  # fmt: skip
        found: Ending = ending(self.words, self.at)
        self.at = found.end
        says = says | found.says
        if head == "無い":
            head, says = "有る", says ^ {"否定"}
        self._add(
            Phrase(
                head, text, start, found.case, found.topic, found.form == "adnominal", found.form, says, kind,
                mention, joined,
            )
        )  # fmt: skip

    def _joint(self) -> tuple[str, int] | None:
        """及び, 又は and the like at the place where the reader is: what they join as, and where they end."""
        start = self.words[self.at].start
        for names, case in ((OR, "or"), (AND, "and")):
            for name in names:
                if self.text.startswith(name, start):
                    ends = [i + 1 for i in range(self.at, len(self.words)) if self.words[i].end == start + len(name)]
                    return (case, ends[0]) if ends else None
        return None

    def _join(self, case: str, end: int) -> None:
        start, self.at = self.words[self.at].start, end
        last = self.found[-1] if self.found else None
        if last is not None and last.kind == "noun" and not last.case and not last.topic and not last.stop:
            self.found[-1] = replace(last, case=case, adnominal=True, comma=False)
        else:
            self._add(Phrase(case, self.text[start : self.words[end - 1].end], start, kind="joint"))

    def _other(self, word: Word) -> None:
        self.at += 1
        found = particles(self.text, self.words, self.at)
        self.at = found.end
        kind = {"接続詞": "connective", "感動詞": "exclamation"}.get(word.pos[0], "adverb")
        adnominal = word.pos[0] in {"連体詞", "副詞"} or found.adnominal
        self._add(Phrase(_normal(word), word.surface, word.start, found.case, found.topic, adnominal, kind=kind))

    def _sign(self, word: Word) -> None:
        self.at += 1
        last = self.found[-1] if self.found else None
        if last is not None and word.surface in _COMMAS:
            self.found[-1] = replace(last, comma=True)
        elif last is not None and word.surface in _STOPS:
            self.found[-1] = replace(last, stop=True, says=last.says | ({"問"} if word.surface in "?？" else set()))
        elif last is not None and word.surface == "・" and not last.verb and not last.case:
            self.found[-1] = replace(last, case="and", adnominal=True)
        elif last is not None and word.surface in ":：" and not last.verb and not last.case:
            self.found[-1] = replace(last, case=":")
        elif word.surface in '「」『』"・' or not word.surface.strip():
            return
        else:
            self._add(Phrase(word.surface, word.surface, word.start, kind="sign"))

    def _add(self, phrase: Phrase) -> None:
        self.found.append(phrase)

    def _text(self, word: Word) -> str:
        return self.mentions[ord(word.surface) - ord(FIRST_MARK)] if _is_mark(word.surface) else word.surface

    def _head(self, word: Word) -> str:
        return self._text(word) if _is_mark(word.surface) else _normal(word)


def _apart(words: Sequence[Word]) -> list[Word]:
    """The morphemes with each mark as one of its own."""
    found = []
    for word in words:
        if len(word.surface) > 1 and any(_is_mark(c) for c in word.surface):
            for i, char in enumerate(word.surface):
                found.append(replace(word, surface=char, start=word.start + i, end=word.start + i + 1))
        else:
            found.append(word)
    return found


def _is_mark(surface: str) -> bool:
    return len(surface) == 1 and FIRST_MARK <= surface <= LAST_MARK


def _is_nominal(word: Word) -> bool:
    if word.surface.isascii():
        return word.surface.isalnum()
    if word.pos[1] == "助動詞語幹":
        return False
    return word.pos[0] in _NOMINAL or word.pos[:2] == ("接尾辞", "名詞的")


def _normal(word: Word) -> str:
    return word.surface if word.surface.isascii() else key(word.normal)
