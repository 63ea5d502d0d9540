"""情報連携: I.5 against its legal basis, the way of obtaining (II.3 ②), provisions (II.5) and III.6."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.assessment import Item, Marking, State
from rag.checks.finding import Raised, Rule, Severity
from rag.checks.paper import Paper, marked, same_block, unreadable
from rag.terms import key

NETWORK = "情報提供ネットワークシステム"
BASIS = Rule(
    "contradiction.linkage-basis",
    Severity.FINDING,
    "情報連携の実施の有無(I.5 ①)と法令上の根拠(I.5 ②)が合わない",
    "様式3 I.5①②、番号法第19条第8号・第9号",
)
CONNECTION = Rule(
    "contradiction.linkage-connection",
    Severity.QUESTION,
    "情報連携(I.5)と情報提供ネットワークシステムとの接続(III.6)が合わない",
    "様式3 I.5、III.6",
)
MEANS = Rule(
    "contradiction.linkage-means",
    Severity.QUESTION,
    "情報連携(I.5)と入手方法(II.3 ②)の印が合わない",
    "様式3 I.5、II.3②",
)
PROVISION = Rule(
    "contradiction.provision-means",
    Severity.FINDING,
    "提供の根拠が情報提供ネットワークシステムによるものなのに、提供方法が異なる",
    "番号法第19条第8号・第9号(情報提供ネットワークシステムを使用して提供するとき)",
)
_BY_NETWORK = re.compile(r"(?:番号法|法律)?第?19条第?[89]号")
_NONE = re.compile(r"なし|無し|行わない|実施しない|行っていない")
_QUERY, _SUPPLY = re.compile(r"情報照会|照会"), re.compile(r"情報提供(?!ネットワーク)|提供の根拠")


def check(paper: Paper) -> Iterator[Raised]:
    """What disagrees about the linkage."""
    if not paper.official:
        return
    chosen = next(iter(paper.stated("I.5 ①")), None)
    basis = next(iter(paper.stated("I.5 ②")), None)
    yield from _basis(paper, chosen, basis)
    yield from _connection(paper, chosen, basis)
    yield from _means(paper, chosen, basis)
    yield from _provision(paper)


def _basis(paper: Paper, chosen: Item | None, basis: Item | None) -> Iterator[Raised]:
    if chosen and basis and key(chosen.text) == "実施しない" and _BY_NETWORK.search(key(basis.text)):
        yield Raised(
            BASIS,
            "I.5 ① は「実施しない」ですが、② に情報連携の根拠が書かれています。",
            (paper.ref(chosen), paper.ref(basis)),
            "実態を確かめ、一方を直してください。",
        )


def _connection(paper: Paper, chosen: Item | None, basis: Item | None) -> Iterator[Raised]:
    """III.6 against I.5: connected where nothing is linked, not connected where something is."""
    for header in paper.headers("III.6"):
        off = [m.label for m in header.marks if m.marking is Marking.MARKED]
        if chosen and key(chosen.text) == "実施する" and {"接続しない(入手)", "接続しない(提供)"} <= set(off):
            yield Raised(
                CONNECTION,
                "I.5 ① は「実施する」ですが、III.6 は入手と提供の両方で「接続しない」に印があります。",
                (paper.ref(chosen), paper.ref(header, "接続しない(入手)")),
                "実態を確かめ、一方を直してください。",
            )
    measures = paper.stated("III.6 リスク 措置の内容")
    if chosen and key(chosen.text) == "実施しない" and measures:
        yield Raised(
            CONNECTION,
            "I.5 ① は「実施しない」ですが、III.6 に接続のリスクに対する措置が書かれています。",
            (paper.ref(chosen), *(paper.ref(i) for i in measures)),
            "情報連携をしないなら、III.6 は「接続しない」に印を付けます。原本と照らしてください。",
        )
    supply = [i for i in measures if i.block == "リスク2" and not _marked_off(paper, i, "接続しない(提供)")]
    if basis and chosen and key(chosen.text) == "実施する" and _denied(basis.text, _SUPPLY) and supply:
        yield Raised(
            CONNECTION,
            "I.5 ② は情報提供を行わないとしていますが、III.6 リスク2(不正な提供)に措置が書かれています。",
            (paper.ref(basis, _line(basis.text, _SUPPLY)), *(paper.ref(i) for i in supply)),
            "提供を行わないなら、III.6 は「接続しない(提供)」に印を付けます。原本と照らしてください。",
        )


def _marked_off(paper: Paper, item: Item, label: str) -> bool:
    return any(marked(h, label) for h in paper.headers("III.6") if h.file_index == item.file_index)


def _means(paper: Paper, chosen: Item | None, basis: Item | None) -> Iterator[Raised]:
    """A linkage for queries, and no file that is obtained by the network."""
    groups = paper.at("II.3 ②")
    readable = [i for i in groups if i.state is State.STATED and NETWORK not in {m.label for m in unreadable(i)}]
    if not groups or len(readable) < len(groups):
        return
    by_network = [i for i in groups if marked(i, NETWORK)]
    if chosen and key(chosen.text) == "実施しない" and by_network:
        yield Raised(
            MEANS,
            f"I.5 ① は「実施しない」ですが、II.3 ② の入手方法は「{NETWORK}」に印があります。",
            (paper.ref(chosen), *(paper.ref(i, NETWORK) for i in by_network)),
            "実態を確かめ、一方を直してください。",
        )
    queries = basis and _QUERY.search(basis.text) and not _denied(basis.text, _QUERY)
    if basis and chosen and key(chosen.text) == "実施する" and queries and not by_network:
        yield Raised(
            MEANS,
            f"I.5 ② に情報照会の根拠がありますが、II.3 ② の入手方法で「{NETWORK}」に印のあるファイルがありません。",
            (paper.ref(basis, _line(basis.text, _QUERY)), *(paper.ref(i, NETWORK) for i in groups)),
            "照会で入手しているなら印を付けてください。印が変換で失われていないか、原本とも照らしてください。",
        )


def _provision(paper: Paper) -> Iterator[Raised]:
    for basis in paper.stated("II.5 提供先 ①"):
        means = [i for i in paper.stated("II.5 提供先 ⑥") if same_block(i, basis)]
        if not means or not _BY_NETWORK.search(key(basis.text)) or NETWORK in {m.label for m in unreadable(means[0])}:
            continue
        others = [m.label for m in means[0].marks if m.marking is Marking.MARKED]
        if others and NETWORK not in others:
            yield Raised(
                PROVISION,
                f"{basis.block}の根拠は{NETWORK}を使う提供のもの(番号法第19条第8号又は第9号)ですが、"
                f"⑥ の提供方法は「{'、'.join(others)}」です。",
                (paper.ref(basis), paper.ref(means[0], others[0])),
                "提供の根拠となる号を確かめて①を直すか、⑥の印を直してください。",
            )


def _denied(text: str, what: re.Pattern[str]) -> bool:
    """Whether a basis says of queries or supplies that there are none: 【情報提供】 なし."""
    pieces = re.split(r"(?=【)|\n(?=[・(（])|(?=[(（]\d+[)）])", text)
    return any(what.search(p[:24]) and _NONE.search(p) and not _BY_NETWORK.search(key(p)) for p in pieces)


def _line(text: str, what: re.Pattern[str]) -> str:
    """The piece of a basis that speaks of it."""
    pieces = re.split(r"(?=【)|\n|(?=[(（]\d+[)）])", text)
    return next((p.strip() for p in pieces if what.search(p[:24])), text)
