"""The rubric of docs/rubric-replies.md, as far as code can judge a reply: each point with what falls short of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from ingest.assessment import Change, State
from rag.cite import fold
from rag.library import Library
from rag.reply.types import Reply, Variant
from rag.types import Version

PROMISES = re.compile(r"必ず|絶対|保証|お約束|約束します|ご安心|間違いなく|大丈夫です")
POLITE = re.compile(r"(?:です|ます|ました|ません|でした|ください|ございます|いたします|でしょう)か?$")
NOT_TOLD = re.compile(
    r"記載なし|読取不可|未収載|分かりません|お答えできません|お受けしています|書かれていません|下記|読み取ること"
)
TOKEN = re.compile(r"〔[^〔〕]{1,20}〕")
MARKER = re.compile(r"\[(\d{1,4})\]")
QUOTE = re.compile(r"「([^「」]{2,})」")


class Case(BaseModel):
    """One inquiry of replies.jsonl and what its reply must be. `past`: earlier contractors are what is asked."""

    model_config = ConfigDict(extra="forbid")

    id: str
    text: str
    document: str
    desk: str
    sections: list[str]
    asks: int | None
    status: str | None
    says: list[str]
    never: list[str]
    past: bool


@dataclass(frozen=True)
class Judge:
    """What a reply is judged against: the library that it was made from."""

    library: Library

    def faults(self, case: Case, reply: Reply) -> list[str]:
        """What falls short, by points of the rubric; nothing where all hold."""
        found = [*self._expected(case, reply), *self._desks(reply), *self._tokens(reply)]
        if reply.variant is not Variant.ENGLISH:
            found += _promises(self._sources(reply), reply)
        if reply.variant in {Variant.LETTER, Variant.MAIL, Variant.PHONE}:
            found += [*_tone(reply), *_answered(reply)]
        found += self._quotes(reply)
        return found if case.past else [*found, *self._former(reply)]

    def _expected(self, case: Case, reply: Reply) -> Iterator[str]:
        if case.document and reply.documents != (case.document,):
            yield f"評価書: {reply.documents}"
        if reply.desk != case.desk:
            yield f"窓口: {reply.desk}"
        sections = {c.section for c in reply.citations}
        yield from (f"出典にない: {s}" for s in case.sections if s not in sections)
        if case.asks is not None and len(reply.questions) != case.asks:
            yield f"お尋ねの数: {reply.questions}"
        if case.status and reply.status.value != case.status:
            yield f"結果: {reply.status.value}"
        if reply.variant is not Variant.LETTER:
            return
        yield from (f"書かれていない: {s}" for s in case.says if s not in reply.letter)
        yield from (f"書かれている: {s}" for s in case.never if s in reply.letter)

    def _desks(self, reply: Reply) -> Iterator[str]:
        """The contact of the reply's desk and of IV.2, verbatim, with the date of publication."""
        letter = fold(reply.letter)
        for version in self._versions(reply):
            if version.published not in reply.letter:
                yield f"公表日がない: {version.document}"
            for part in {reply.desk, "IV.2"}:
                contact = self._contact(version, part)
                if contact and (contact not in reply.letter or fold(contact) not in letter):
                    yield f"{part} の連絡先が原文のとおりでない: {version.document}"
                if contact and fold(contact) not in fold(self.library.catalog.source(version.id)):
                    yield f"{part} の連絡先が原文にない: {version.document}"

    def _contact(self, version: Version, desk: str) -> str:
        part, number = desk.split(".")
        here = [i for i in self.library.catalog.items(version.id, part, number) if i.sub == "①"]
        return next((i.text for i in here if i.state is State.STATED), "")

    def _former(self, reply: Reply) -> Iterator[str]:
        """Names of contractors that only the record of changes has."""
        for version in self._versions(reply):
            items = self.library.catalog.items(version.id)
            present = {i.text for i in items if i.part == "II" and i.number == "4" and i.sub == "③"}
            changes = [r for _, r in self.library.catalog.records("changes", [version.id]) if isinstance(r, Change)]
            told = {c.value for r in changes if "③" in r.target.value and "II.4" in r.target.value
                    for c in (r.before, r.after)}  # fmt: skip
            names = {t.split("※")[0].strip() for t in told}
            former = {n for n in names if n and not any(n in p or p in n for p in present)}
            yield from (f"過去の委託先: {n}" for n in former if n in reply.letter)

    def _quotes(self, reply: Reply) -> Iterator[str]:
        """Citations stand in their documents; so do the quotes of the lines that cite them."""
        sources = self._sources(reply)
        for c in reply.citations:
            if not any(fold(c.quote) in source for source in sources):
                yield f"引用が原文にない: {c.quote[:30]}"
        for line in reply.letter.splitlines():
            if line.startswith(("・", "情報", "請求の方法")) and MARKER.search(line):
                for quoted in QUOTE.findall(MARKER.sub("", line)):
                    if "、" not in quoted and not any(fold(quoted) in source for source in sources):
                        yield f"「」が原文にない: {quoted[:30]}"

    def _tokens(self, reply: Reply) -> Iterator[str]:
        known = set(TOKEN.findall(reply.masked))
        yield from (f"知らない印: {t}" for t in set(TOKEN.findall(reply.letter)) - known)
        if re.search(r"(?<!\d)\d{12}(?!\d)", reply.letter):
            yield "12桁の番号"

    def _versions(self, reply: Reply) -> list[Version]:
        named = {c.version for c in reply.citations}
        return [v for v in self.library.catalog.versions() if v.document in reply.documents or v.id in named]

    def _sources(self, reply: Reply) -> list[str]:
        return [fold(self.library.catalog.source(v.id)) for v in self._versions(reply)]


def _promises(sources: Sequence[str], reply: Reply) -> Iterator[str]:
    """Words of promise that are not the document's own, quoted."""
    text = QUOTE.sub(lambda m: "" if any(fold(m[1]) in s for s in sources) else m[0], reply.letter)
    yield from (f"約束の言葉: {m[0]}" for m in PROMISES.finditer(text))


def _tone(reply: Reply) -> Iterator[str]:
    """Every sentence of ours ends in です or ます."""
    for line in reply.letter.partition("\n出典\n")[0].splitlines():
        bare = MARKER.sub("", re.sub(r"「[^」]*」", "", line)).strip()
        for sentence in bare.split("。")[:-1]:
            end = re.sub(r"[(（][^)）]*[)）]$", "", sentence.strip())
            if end and not POLITE.search(end):
                yield f"です・ますでない: {sentence[-30:]}"


def _answered(reply: Reply) -> Iterator[str]:
    """Every number of the list of asks has its answer: a citation, or that it cannot be told."""
    letter = reply.letter
    heads = re.findall(r"^  (\d{1,2}) (.+)$", letter, re.MULTILINE)
    for number, head in heads:
        match = re.search(rf"^{number} {re.escape(head)}\n(.*?)(?:\n\n|\Z)", letter, re.MULTILINE | re.DOTALL)
        said = match[1] if match else ""
        spoken = reply.variant is Variant.PHONE and "「" in said
        if not (MARKER.search(said) or NOT_TOLD.search(said) or spoken):
            yield f"答えがない: {number} {head}"
    if not heads:
        yield "お尋ねの一覧がない"
