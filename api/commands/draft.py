"""`hyoka draft`: drafts an assessment, or an item of one, from peers and from what the body knows of itself."""

from __future__ import annotations

import atexit
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.opening import opened, read_settings
from api.terminal import show, show_json, show_table, tell
from rag.errors import BadEntry, BadQuestion

if TYPE_CHECKING:
    from rag.draft.drafter import Drafter
    from rag.draft.profile import Profile
    from rag.draft.types import Draft, Peer
    from rag.library import Library
    from rag.settings import Settings


def draft(
    items: Annotated[
        list[str] | None,
        typer.Argument(metavar="項目", show_default=False, help="例: III.4。省略すると様式3の全体"),
    ] = None,
    profile: Annotated[
        Path | None, typer.Option(metavar="FILE.yaml", show_default=False, help="自市の情報(YAML または JSON)")
    ] = None,
    source: Annotated[
        str,
        typer.Option("--from", metavar="評価書", show_default=False, help="この評価書から自市の情報を取り出します。"),
    ] = "",
    peer: Annotated[
        list[str] | None,
        typer.Option(metavar="評価書", help="手本にする評価書(繰り返し可)。省略すると自動で選びます。"),
    ] = None,
    peers: Annotated[bool, typer.Option("--peers", help="手本の順位と理由だけを示します。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出力します。")] = False,
    batch: Annotated[
        str,
        typer.Option(
            metavar="FILE.jsonl",
            show_default=False,
            help="一行に一つ、profile と item を持つ JSON のファイル。- は標準入力。順に一行ずつ JSON で答えます。",
        ),
    ] = "",
    out: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help="書き出すファイル(.xlsx は様式3、-出典.xlsx は出典一覧、.docx、.md、.txt。繰り返し可)",
        ),
    ] = None,
    show_profile: Annotated[
        bool, typer.Option("--show-profile", help="自市の情報を YAML で示すだけにします(--from と一緒に)。")
    ] = False,
) -> None:
    """手本となる自治体の評価書と自市の情報から、根拠付きで起案します。書かれていないことは【要確認】として残します。"""
    if batch:
        if items or profile or source or out or peers or show_profile:
            raise BadQuestion("--batch は、項目やほかの指定と一緒に使えません(--peer と --json は使えます)。")
        draft_all(batch, peer or ())
        return
    if (profile is None) == (not source):
        raise BadQuestion("自市の情報を --profile FILE.yaml か --from 評価書 のどちらか一方で指定してください。")
    settings = read_settings()
    with opened(settings) as library:
        drafter = drafter_of(library, settings)
        facts = read_facts(drafter, profile, source)
        if show_profile:
            from rag.draft.profile_reading import as_yaml

            show(as_yaml(facts))
            return
        ranked = chosen_peers(drafter, facts, peer or (), source)
        if peers:
            show_peers(ranked, as_json)
            return
        made = drafter.draft(facts, tuple(items or ()), ranked)
        tell_draft(drafter, made, as_json, tuple(out or ()))


def drafter_of(library: Library, settings: Settings) -> Drafter:
    """The drafter on an open library, with the model of the settings, which is closed when the command ends."""
    from rag.draft.drafter import Drafter
    from rag.llm import open_model

    model = open_model(settings)
    if model is not None:
        atexit.register(model.close)
    return Drafter.of(library, model=model)


def read_facts(drafter: Drafter, profile: Path | None, source: str) -> Profile:
    """What the body knows of itself: from the file, or as an assessment says. Raises BadEntry, NotFound."""
    if profile is None:
        return drafter.taken_over(source)
    from rag.draft.profile_reading import read_profile

    try:
        data = profile.read_bytes()
    except OSError as error:
        raise BadEntry(f"{profile.name}: 開けません。名前と場所と権限を確かめてください。") from error
    return read_profile(data, profile.name)


def chosen_peers(drafter: Drafter, facts: Profile, named: tuple[str, ...] | list[str], source: str) -> tuple[Peer, ...]:
    """The peers in order, those named chosen. Raises BadEntry for one that is not collected."""
    from rag.draft.peers import choose

    ranked = drafter.peers(facts, without=source)
    unknown = [n for n in named if n not in {p.document for p in ranked}]
    if unknown:
        raise BadEntry(f"評価書「{unknown[0]}」は手本にできません。使えるもの: {'、'.join(p.document for p in ranked)}")
    return choose(ranked, named) if named else ranked


def show_peers(peers: tuple[Peer, ...], as_json: bool) -> None:
    """The ranking with its reasons."""
    if as_json:
        for p in peers:
            show_json(
                {
                    "document": p.document,
                    "title": p.title,
                    "published": p.published,
                    "score": p.score,
                    "chosen": p.chosen,
                    "reasons": [{"name": r.name, "value": r.value, "words": r.words} for r in p.reasons],
                },
                indent=None,
            )
        return
    show_table(
        ("手本", "点", "評価書", "理由"),
        (("○" if p.chosen else "", f"{p.score:.2f}", p.document, "。".join(r.words for r in p.reasons)) for p in peers),
        lines=True,
    )


def tell_draft(drafter: Drafter, made: Draft, as_json: bool, out: tuple[Path, ...]) -> None:
    """The draft in the form that is wanted."""
    from rag.draft.findings import findings

    found = findings(made, drafter.today)
    for path in out:
        from api.export.draft_files import write_draft

        write_draft(path, made)
        show(f"{path} に書きました。")
    if as_json:
        from rag.draft.contract import as_dict

        show_json(as_dict(made, found))
    elif not out:
        from api.draft_transcript import show_draft

        show_draft(made, found)


def draft_all(batch: str, named: tuple[str, ...] | list[str]) -> None:
    """Drafts the tasks of a file in order, a line of JSON each. Raises BadQuestion naming the line."""
    from api.draft_batch import read_tasks

    tasks = read_tasks(None if batch == "-" else Path(batch))
    settings = read_settings()
    with opened(settings) as library:
        from rag.draft.contract import as_dict
        from rag.draft.findings import findings

        drafter = drafter_of(library, settings)
        for task in tasks:
            if task.ignored:
                tell(f"{task.line}行目: 使わない項目があります: {'、'.join(task.ignored)}")
            try:
                made = drafter.draft(task.profile, [task.item], chosen_peers(drafter, task.profile, named, ""))
            except BadEntry as error:
                raise BadEntry(f"{task.line}行目: {error}ここより前の起案は出力しました。") from error
            more = {"id": task.id} if task.id else {}
            show_json(as_dict(made, findings(made, drafter.today), **more), indent=None)
