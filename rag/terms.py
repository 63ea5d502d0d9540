"""The words of a question that its answer must be about, and how a text matches them.

A term is a content word, or a run of nouns that belong together (電算データ入力). A text has a term when the term, a part
long enough, or a word that means the same stands in it.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml

from ingest.labels import fold
from rag.tokens import Word, Words

#: Words that ask, or that stand in every assessment, and so tell nothing of what is asked.
STOP = frozenset(
    "評価書 自治体 市町村 市 町 村 区 都 府 県 記載 記述 内容 教える 教え 下さる くださる 下さい 願う お願い 知る 知りたい 何 どこ 誰 だれ どれ どの どんな どう いつ なぜ いくつ いくら 幾つ 幾ら 幾 "
    "有る 無い 為る 居る 成る 出来る 言う 行う 行なう 事 物 者 為 時 所 場合 方法 対策 措置 リスク 仕組み 工夫 仕方 やり方 件 点 方 中 内 等 特定個人情報 個人情報 特定 情報 取扱い 取扱う 取り扱う "
    "取り扱い 使用 利用 全て 全部 すべて 一覧 挙げる 並べる 示す 列挙 比べる 比較 違い 違う 差 異なる 其れ それぞれ 其々 各 今 現在 以前 前 後 最近 直近 変更 変わる 変遷 推移 履歴 経緯 理由 項目 欄 "
    "書く 書いて 書き換える 改める 述べる 定める 決まる 決める 場所 担当 事務 業務 仕事 さん 私 自分 うち 本当 実際 具体 教示 確認 くらい 程度 位 ほど 付く 丸 印 選択 選ぶ 選択肢 読み取る 範囲 名前 名称 名 "
    "如何 どのような 様 よう 相手 先 関する 係る 就く 置く 於く 対する 因る 取る 受ける 持つ 入る 出る 来る 行く 見る 考える 思う 聞く 呼ぶ 使う 用いる 含む 当たる 応じる 一緒 教えて 存在 種類 数 人数 件数 番号 当該 "
    "ファイル 事項 盛り込む 盛り込ま 広がる 広がり 時点 分 こと とき ほしい しまう しまっ マイナンバー 個人番号 記入 お もらう もらい 貰う 下さい ところ やつ ほう まま 分かる 分かっ いま 未だ いまだ そのもの 両方 一切 次 基 "
    "which what who whom where when how why the a an of in on at for to by with is are was were be been do does did has have had it its their them they about and or not any all please tell me "
    "me my i you your city town municipality many much kind there this that these those from into under each between can could may should will would handle handles handled data information".split()
)
_CONTENT = {"名詞", "動詞", "形容詞", "形状詞", "接頭辞", "接尾辞"}
_LATIN = re.compile(r"[a-z][a-z0-9\-]+|\d[\d,.\-]*")


@dataclass(frozen=True, slots=True)
class Term:
    """One term: `forms` any of which in a folded text means that the text has it; `weight` before rarity is counted.

    entity: a proper name or quoted phrase, which a text either has or not.
    """

    surface: str
    forms: tuple[str, ...]
    weight: float
    span: tuple[int, int]
    entity: bool = False


@functools.cache
def _tables() -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    text = resources.files("rag").joinpath("vocabulary/terms.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    same: dict[str, set[str]] = {}
    for group in data["same"]:
        folded = [key(w) for w in group]
        for word in folded:
            same.setdefault(word, set()).update(folded)
    for group in data["kinds"]:
        wide, *kinds = [key(w) for w in group]
        same.setdefault(wide, set()).update([wide, *kinds])
    return {k: tuple(sorted(v)) for k, v in same.items()}, {str(k): str(v) for k, v in data["english"].items()}


def key(text: str) -> str:
    """What terms and texts are compared by: folded, lower case, サーバ without ー."""
    return fold(text).lower().replace("サーバー", "サーバ").replace("ユーザー", "ユーザ").replace("フォーム", "フォーム")


def find_terms(question: str, words: Words, consumed: Iterable[tuple[int, int]], quoted: Sequence[tuple[str, tuple[int, int]]]) -> list[Term]:
    """Terms of a normalised question, in order.

    consumed  ranges that named a municipality, a duty or a place: their words are no terms
    quoted    phrases in 「」 with their ranges: each is one entity
    """
    mask = [False] * len(question)
    for start, end in consumed:
        mask[start:end] = [True] * (min(end, len(question)) - start)
    found = [Term(text, (key(text),), 3.0, span, True) for text, span in quoted if len(key(text)) >= 2]
    for _, span in quoted:
        mask[span[0] : span[1]] = [True] * (span[1] - span[0])
    run: list[Word] = []
    for word in [*words.morphemes(question), None]:
        if word is not None and _is_noun(word) and not any(mask[word.start : word.end]) and (not run or run[-1].end == word.start):
            run.append(word)
            continue
        found.extend(_of_run(run))
        run = [word] if word is not None and _is_noun(word) and not any(mask[word.start : word.end]) else []
        if word is not None and not run and word.pos[0] in {"動詞", "形容詞"} and not any(mask[word.start : word.end]):
            found.extend(_of_verb(word))
    return _english(question, mask, found)


def _is_noun(word: Word) -> bool:
    if word.surface.isascii() and not word.surface.isdigit():
        return word.surface.isalnum() and len(word.surface) > 1
    return (word.pos[0] in {"名詞", "接頭辞", "形状詞"} or word.pos[0] == "接尾辞" and word.pos[1] == "名詞的") and word.pos[1] not in {"代名詞", "非自立"} and word.surface.strip() != ""


def _of_run(run: Sequence[Word]) -> list[Term]:
    """A run of nouns as one term with its parts, or its parts alone where some are stop words."""
    kept = [w for w in run if w.normal not in STOP and w.surface not in STOP]
    if not kept:
        return []
    if all(len(w.surface) == 1 for w in kept) and len(kept) == 1 and not kept[0].surface.isalnum():
        return []
    terms = []
    if len(run) > 1 and len(kept) >= 1:
        text = "".join(w.surface for w in run)
        named = any(w.pos[1] == "固有名詞" and not w.surface.isascii() and w.normal not in STOP for w in run) or "株式会社" in text
        terms.append(Term(text, _forms(text), 1.5 + 0.25 * len(kept), (run[0].start, run[-1].end), named))
    for word in kept:
        if len(word.surface) == 1 and len(run) > 1 and not re.match(r"[一-龥]", word.surface):
            continue
        weight = 0.2 if word.surface.isdigit() else 0.5 if len(word.surface) == 1 else 1.0
        terms.append(Term(word.surface, _forms(word.surface, word.normal), weight, (word.start, word.end), word.pos[1] == "固有名詞" and len(run) == 1 and not word.surface.isascii()))
    return terms


def _of_verb(word: Word) -> list[Term]:
    if word.normal in STOP or word.dictionary in STOP or word.pos[1] == "非自立可能" and len(word.surface) < 2:
        return []
    stem = re.sub(r"[ぁ-ん]+$", "", word.surface) or word.surface
    if not re.search(r"[一-龥ァ-ヴ]", stem) and len(word.surface) < 3:
        return []
    # one Chinese character alone (出, 入) stands in too many other words
    forms = _forms(*([stem] if len(stem) > 1 else []), word.surface, word.dictionary, word.normal)
    return [Term(word.surface, tuple(f for f in forms if len(f) > 1), 0.6, (word.start, word.end))]


def _forms(*texts: str) -> tuple[str, ...]:
    same, _ = _tables()
    found: dict[str, None] = {}
    for text in texts:
        folded = key(text)
        if len(folded) >= 1:
            found[folded] = None
            for other in same.get(folded, ()):
                found[other] = None
    return tuple(found)


def _english(question: str, mask: Sequence[bool], found: list[Term]) -> list[Term]:
    """English words as the Japanese ones that the documents use; words of neither language stay as they are."""
    _, english = _tables()
    terms = [t for t in found if not t.surface.isascii() or t.entity or any(c.isdigit() for c in t.surface)]
    latin = [t for t in found if t not in terms]
    phrases = sorted(english, key=len, reverse=True)
    covered = [False] * len(question)
    for phrase in phrases:
        for match in re.finditer(rf"\b{re.escape(phrase)}\w{{0,3}}\b", question):
            if any(covered[match.start() : match.end()]) or all(mask[match.start() : match.end()]):
                continue
            covered[match.start() : match.end()] = [True] * (match.end() - match.start())
            forms = tuple(key(w) for w in english[phrase].split())
            terms.append(Term(phrase, forms, 2.0 if " " in phrase else 1.0, match.span()))
    for term in latin:
        if term.surface not in STOP and not any(covered[term.span[0] : term.span[1]]) and len(term.surface) > 2:
            terms.append(Term(term.surface, (key(term.surface),), 0.4, term.span))
    return terms


def has(term: Term, text: str) -> bool:
    """Whether a text (already `key`) has the term."""
    return any(form in text for form in term.forms)


#: Share of a term's weight for a text that has only a word meaning the same.
SYNONYM = 0.75


def strength(term: Term, text: str) -> float:
    """1 where a text (already `key`) has the term itself, less for a synonym, 0 where it has neither."""
    if key(term.surface) in text or term.forms[0] in text:
        return 1.0
    return SYNONYM if has(term, text) else 0.0


def rarities(terms: Sequence[Term], texts: Sequence[str]) -> dict[Term, float]:
    """Weight of each term among the texts: its own weight times how rare it is (1 for half of the texts, more for fewer)."""
    n = len(texts)
    found = {}
    for term in terms:
        df = sum(1 for text in texts if has(term, text))
        found[term] = term.weight * math.log(1 + (n - df + 0.5) / (df + 0.5)) if df else 0.0
    return found


def score(terms: Iterable[Term], text: str, weights: Callable[[Term], float]) -> float:
    """Sum of the weights of the terms that a text (already `key`) has."""
    return sum(weights(term) for term in terms if has(term, text))
