"""What each tool does: arguments in, a result for programs and the same as text for models out.

Raises the faults of `rag.errors`, whose sentences say what to do.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel

from api.asking import finished
from api.auth import MORE
from api.commands.ask import known_parts
from api.commands.show import as_data
from api.draft_schemas import preview_out
from api.findings_schemas import checked_out
from api.mcp.checking import checked_text
from api.mcp.drafted import drafted_text
from api.mcp.schemas import (
    AskArguments,
    CheckArguments,
    DraftArguments,
    PassageOut,
    PassagesOut,
    PlaceOut,
    RecordPageOut,
    RecordsArguments,
    SearchArguments,
    ShowArguments,
    ShownOut,
)
from api.message import markdown_table, write
from api.reading import outline_lines, place_lines, read_place
from api.routes.records import cells_of, columns_of, matching, record_table
from api.routes.versions import pick_version
from api.schemas import AnswerOut, version_out
from api.services import Asker
from api.spreadsheet import record_lines
from api.unkept import check_text
from api.web.wording import KIND_NAMES, place_name
from ingest.assessment import Chunk, Item
from rag.accounts.who import LOCAL, Role, Who
from rag.checks.checker import Checker
from rag.cite import Citations, fold
from rag.errors import BadQuestion, Forbidden, NotFound
from rag.stop import Stop
from rag.types import Citation, Filters, Version

if TYPE_CHECKING:
    from rag.library import Library

ONE_OF_BOTH = "収録した評価書のID(document)か、評価書の全文(text)の、どちらか一方を渡してください。"
NOT_ALL = "{total}件のうち{first}件目から{last}件目までです。続きは offset={last} で得られます。"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tool gives: `result` for programs, `text` for models and people."""

    result: BaseModel
    text: str


class Desk:
    """The tools over one library, for the person `who`. Safe to use from several threads."""

    def __init__(self, library: Library, asker: Asker, who: Who = LOCAL) -> None:
        self.library = library
        self.asker = asker
        self.who = who

    def of(self, who: Who) -> Desk:
        """The same for another person."""
        return Desk(self.library, self.asker, who)

    def ask(self, arguments: AskArguments, stop: Stop) -> Outcome:
        """The cited answer, as everywhere else; `stop` ends the model's part."""
        filters = Filters(tuple(arguments.municipalities), tuple(arguments.documents), known_parts(arguments.parts))
        answer = finished(self.asker.stream(arguments.question, filters, stop=stop, owner=self.who.id))
        return Outcome(AnswerOut.model_validate(answer.as_dict()), write(answer))

    def search(self, arguments: SearchArguments, stop: Stop) -> Outcome:
        """The passages nearest to a query."""
        from rag.search import search as find_chunks

        narrowed = self.chosen(arguments.municipalities, arguments.documents)
        hits = find_chunks(
            self.library,
            arguments.query,
            versions=[v.id for v in narrowed] if arguments.municipalities or arguments.documents else None,
            parts=known_parts(arguments.parts) or None,
            limit=arguments.limit,
        )
        scores = {hit.chunk: hit.score for hit in hits}
        owners = self.library.catalog.chunk_owners(list(scores))
        folded = functools.cache(lambda version_id: fold(self.library.catalog.source(version_id)))
        found: list[PassageOut] = []
        for chunk in self.library.catalog.chunks(list(scores)):
            owner = owners[chunk.key]
            cited = self.cited(chunk, owner, folded(owner))
            if cited is not None:
                found.append(passage(len(found) + 1, scores[chunk.key], chunk, cited))
        text = "\n\n".join(map(passage_text, found)) or "近い記載はありません。"
        return Outcome(PassagesOut(query=arguments.query, passages=found), text)

    def records(self, arguments: RecordsArguments, stop: Stop) -> Outcome:
        """All records of a kind that match, or a stretch of them that says how many there are."""
        self.chosen(arguments.municipalities, arguments.documents)
        rows = matching(
            self.library.catalog, arguments.kind, arguments.municipalities, arguments.documents, arguments.contains
        )
        first, last = arguments.offset, arguments.offset + arguments.limit
        shown = rows[first:last]
        table = record_table(arguments.kind, shown).model_dump() | {"total": len(rows)}
        page = RecordPageOut(**table, offset=first, complete=len(shown) == len(rows))
        headings = [ja for _, ja in columns_of(arguments.kind)]
        lines = list(record_lines(headings, [(v, r, [cell for _, _, cell in cells_of(r)]) for v, r in shown]))
        text = f"{KIND_NAMES[arguments.kind]}の記録 {len(rows)}件"
        if shown:
            text += f"\n\n{markdown_table(lines[0], lines[1:])}"
        if last < len(rows):
            text += "\n\n" + NOT_ALL.format(total=len(rows), first=first + 1, last=last)
        return Outcome(page, text)

    def show(self, arguments: ShowArguments, stop: Stop) -> Outcome:
        """One place of an assessment; its outline where none is named."""
        catalog = self.library.catalog
        version = pick_version(catalog, arguments.document, arguments.published)
        if arguments.place.strip():
            data = as_data(catalog, version, arguments.place)
            text = "\n".join(place_lines(read_place(catalog, version, arguments.place)))
            return Outcome(ShownOut.model_validate(data), text)
        items = catalog.items(version.id)
        described = version_out(version)
        outline = ShownOut(version=described, places=list(places_of(items)), gaps=described.gaps)
        return Outcome(outline, "\n".join(outline_lines(version, items)))

    def check(self, arguments: CheckArguments, stop: Stop) -> Outcome:
        """The findings of a collected assessment or of a text, which is not kept."""
        checker = Checker(self.library.catalog)
        if bool(arguments.document.strip()) == bool(arguments.text.strip()):
            raise BadQuestion(ONE_OF_BOTH)
        if arguments.text.strip():
            checked = check_text(checker, arguments.text)
        else:
            version = pick_version(self.library.catalog, arguments.document, arguments.published)
            (checked,) = checker.check([version])
        return Outcome(checked_out(checked), checked_text(checked))

    def draft(self, arguments: DraftArguments, stop: Stop) -> Outcome:
        """An item drafted from peers and facts; nothing is kept. Raises Forbidden for who may only read."""
        if not self.who.may(Role.DRAFTER):
            raise Forbidden(MORE.format(least=Role.DRAFTER.ja, role=self.who.role.ja))
        from api.draft_desk import Desk as DraftingDesk
        from rag.draft.peers import choose

        drafting = DraftingDesk(self.library, getattr(self.asker, "model", None))
        facts = arguments.profile.profile()
        peers = drafting.peers(facts)
        for document in arguments.peers:
            self.library.catalog.version(document)
        made = drafting.draft(facts, (arguments.item,), choose(peers, arguments.peers) if arguments.peers else peers)
        return Outcome(preview_out(made), drafted_text(made))

    def chosen(self, municipalities: Collection[str], documents: Collection[str]) -> list[Version]:
        """The current versions that filters leave. Raises NotFound where a name stands for nothing collected."""
        versions = self.library.catalog.versions()
        collected = dict.fromkeys(v.municipality for v in versions)
        for name in municipalities:
            if name not in collected:
                raise NotFound(
                    f"{name}の評価書は収録していません(未収載)。収録している自治体は{'、'.join(collected)}です。"
                )
        for document in documents:
            self.library.catalog.version(document)
        return [
            v
            for v in versions
            if (not municipalities or v.municipality in municipalities) and (not documents or v.document in documents)
        ]

    def cited(self, chunk: Chunk, version_id: int, folded_source: str) -> Citation | None:
        """The chunk as a verified quote; None where no part of it stands verbatim in the source."""
        catalog, citations = self.library.catalog, Citations()
        item = catalog.item(version_id, chunk.item)
        citations.add(catalog.version_by_id(version_id), item, chunk.text, folded_source)
        return next(iter(citations.all()), None)


def passage(rank: int, score: float, chunk: Chunk, cited: Citation) -> PassageOut:
    """A chunk with its verified quote."""
    return PassageOut(
        rank=rank,
        score=round(score, 4),
        document=cited.document,
        municipality=cited.municipality,
        duty=chunk.duty,
        section=cited.section,
        label=cited.label,
        published=cited.published,
        quote=cited.quote,
        kind=chunk.kind.value,
        item=cited.item,
        version=cited.version,
    )


def passage_text(found: PassageOut) -> str:
    """A passage as text: where it stands, and what it says."""
    past = "、過去の記載" if found.kind == "history" else ""
    where = f"{found.document} {place_name(found.section)} {found.label}({found.published}公表{past})"
    return f"{found.rank}. {where}\n「{found.quote}」"


def places_of(items: Iterable[Item]) -> Iterable[PlaceOut]:
    """Numbers and blocks of the form in their order, with the number of items of each."""
    counts = Counter(" ".join(filter(None, (item.section.split(" ")[0], item.block))) for item in items)
    return (PlaceOut(place=place, items=count) for place, count in counts.items())
