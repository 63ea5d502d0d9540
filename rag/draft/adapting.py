"""One sentence of a peer → the same measure in the words of the body that drafts: nothing of the peer's own is left.

`adapt` gives the sentence with what was changed, or the reason why it cannot be taken over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rag.draft.compounds import compounds, shapes, strange
from rag.draft.law import current, grounds, repealed
from rag.draft.material import Said
from rag.draft.names import Names, own_names, shaped
from rag.draft.profile import Profile
from rag.draft.questions import QUESTION
from rag.draft.types import Changed
from rag.draft.words import domains_of, plain, words
from rag.injection import speaks_to_program

#: Record items by the form's own names (地方税関係情報) are of every duty.
_FORM_ITEMS = re.compile(r"[一-龥・]{2,16}関係情報")
#: 本市 in a town is 本町.
_OWN_CITY = re.compile(
    r"(?<=[本当])[市区町村](?=[^区町村]|$)|(?<![一-龥])[市町村区](?=の(?:職員|セキュリティ|情報|ポリシー|庁舎))"
)
#: 市営住宅 in a town is 町営住宅.
_OWN_HOUSING = re.compile(r"[市区町村](?=営(住宅|団地))")
_BODY_KIND = re.compile(r"広域連合|組合|[都道府県市区町村]$")
#: Rules that every municipality has under this name.
_COMMON_RULES = re.compile(r"(情報)?セキュリティ(ポリシー|対策基準)|個人情報保護")
_MIDDLE = re.compile(r"基盤|連携|宛名|共通|番号")
#: (以下「…」という。): what it defines is another body's word.
_DEFINED = re.compile(r"[(（]以下[^()（）]{0,6}[「『][^」』]+[」』]と(いう|する|略す|呼ぶ|表記する)。?[)）]")
#: More open places than this, and the sentence says more of the peer than of the measure.
MAX_ASKED = 2


@dataclass(frozen=True, slots=True)
class Adapted:
    """A sentence as it may stand in the draft. `refused`: Japanese, why it may not; "" where it may."""

    text: str
    changed: tuple[Changed, ...] = ()
    refused: str = ""

    @property
    def asked(self) -> int:
        """How many places the body has to fill in."""
        return len(QUESTION.findall(self.text))


@dataclass(frozen=True, slots=True)
class Adapter:
    """Knows who drafts (`profile`) and whose names must not enter (`names`)."""

    profile: Profile
    names: Names

    def adapt(self, said: Said) -> Adapted:
        """The sentence in the body's own words; `refused` where something of the peer's would stay."""
        adapted = Adapted(plain(said.text))
        if said.national is None:
            reason = self._unfit(adapted.text)
            if reason:
                return replace(adapted, refused=reason)
            adapted = self._localised(adapted, said)
            if adapted.refused:
                return adapted
        text, changed = current(adapted.text)
        adapted = spelt(Adapted(text, (*adapted.changed, *changed)))
        if said.national is None:
            adapted = figured(adapted)
        return self._judged(adapted, said)

    def _unfit(self, text: str) -> str:
        if speaks_to_program(text):
            return "AI などへの指示とみられる文です。"
        if words().unfit.search(text):
            return "ほかの記載や事案を指す文です。"
        own = domains_of(self.profile.duty)
        spoken = _FORM_ITEMS.sub("", text)
        for domain in words().domains:
            if (
                domain.name not in own
                and domain.words.search(spoken)
                and not domain.words.search(own_names(self.profile))
            ):
                return f"別の事務({domain.name})のことを書いています。"
        return self._foreign_means(text)

    def _foreign_means(self, text: str) -> str:
        """Means of authentication that the profile does not name."""
        own = plain(self.profile.authentication).replace(" ", "")
        said = {m[0].replace(" ", "") for m in words().authentication.finditer(text)}
        if own and said and any(m[0].replace(" ", "") not in said for m in words().authentication.finditer(own)):
            return "自市の認証の方法と異なります。"
        for match in words().authentication.finditer(text):
            term = match[0]
            wider = words().wider.get(term)
            if term.replace(" ", "") not in own and not (wider and wider.search(own)):
                return "認証の方法が自市の情報にありません。" if not own else "自市の認証の方法と異なります。"
        return ""

    def _localised(self, adapted: Adapted, said: Said) -> Adapted:
        """Names of the peer replaced by the body's own, or by a question."""
        text, changed = _DEFINED.sub("", adapted.text), list(adapted.changed)
        for match in reversed(list(words().shapes["document"].finditer(text))):
            if match[0] not in own_names(self.profile):
                text = f"{text[: match.start()]}【要確認: 規程・様式の名称】{text[match.end() :]}"
                changed.append(Changed(match[0], "【要確認: 規程・様式の名称】", "規程・様式の名称"))
        for match in reversed(list(words().shapes["paper"].finditer(text))):
            text = text[: match.start()] + match["kind"] + text[match.end() :]
            changed.append(Changed(match[0], match["kind"], "様式の名称"))
        for found in reversed(self.names.find(text)):
            if found.text in own_names(self.profile):
                continue
            new, reason = self._instead(found.kind, found.text, text[found.end :])
            if new is None:
                return replace(adapted, refused=reason)
            text = text[: found.start] + new + text[found.end :]
            changed.insert(0, Changed(found.text, new, reason))
        kind = self._kind()
        for expression in (_OWN_CITY, _OWN_HOUSING):
            before = expression.search(text)
            if before and kind not in {"", before[0]} and (expression is _OWN_CITY or len(kind) == 1):
                changed.append(Changed(before[0], kind, "自市の名称"))
                text = expression.sub(kind, text)
        return self._shaped(Adapted(text, tuple(changed)))

    def _hidden(self, text: str) -> str:
        """The text with its questions and the body's own names blanked, offsets kept."""
        names = sorted({n for n in own_names(self.profile).split("\n") if len(n) >= 2}, key=len, reverse=True)
        own = re.compile("|".join(map(re.escape, names)) or "(?!)")
        return own.sub(lambda m: "　" * len(m[0]), _masked(text))

    def _kind(self) -> str:
        """What kind of body drafts: 市, 町, 広域連合 …; "" where its name does not tell."""
        match = _BODY_KIND.search(plain(self.profile.city))
        return match[0] if match else ""

    def _instead(self, kind: str, name: str, rest: str) -> tuple[str | None, str]:
        """What stands in place of a peer's name, and why; None where nothing can."""
        if kind == "city":
            if re.match(r"(営|立|役所|内|外)", rest) or not self.profile.city:
                return None, "ほかの自治体のものを指す文です。"
            return ("" if _COMMON_RULES.match(rest) else plain(self.profile.city)), "自治体名"
        if kind == "system":
            if _MIDDLE.search(name):
                return None, "ほかの自治体の庁内連携の仕組みを書いています。"
            return (
                plain(self.profile.systems[0]) if self.profile.systems else "【要確認: システムの名称】"
            ), "システム名"
        if kind == "department":
            return "【要確認: 担当部署】", "部署名"
        if kind == "duty":
            return plain(self.profile.duty) or "【要確認: 事務の名称】", "事務名"
        return None, "ほかの自治体に固有の名称があります。"

    def _shaped(self, adapted: Adapted) -> Adapted:
        """What only looks like a name of the peer's."""
        text, changed = adapted.text, list(adapted.changed)
        own = own_names(self.profile)
        for found in reversed(compounds(self._hidden(text))):
            ask = shapes().ask(found.kind)
            if not ask or (found.kind == "system" and _MIDDLE.search(found.text)):
                return replace(adapted, refused=f"ほかの自治体に固有の名称({found.text})とみられます。")
            new = f"【要確認: {ask}】"
            text = text[: found.start] + new + text[found.end :]
            changed.append(Changed(found.text, new, ask))
        asks = {
            "system": "システムの名称",
            "department": "担当部署",
            "role": "責任者の役職",
        }
        for kind in ("company", "phone", "address", "date", "ordinance", "role", "department", "system"):
            for found in sorted(shaped(_masked(text), kind), key=lambda f: f.start, reverse=True):
                if found.text in own or "要確認" in found.text:
                    continue
                if kind == "ordinance" and re.search(r"個人情報保護(に関する)?条例", found.text):
                    continue  # the law puts it right
                if kind not in asks or (kind == "system" and _MIDDLE.search(found.text)):
                    return replace(adapted, refused="ほかの自治体に固有の名称や日付があります。")
                new = f"【要確認: {asks[kind]}】"
                if kind == "system" and self.profile.systems:
                    new = plain(self.profile.systems[0])
                text = text[: found.start] + new + text[found.end :]
                changed.append(Changed(found.text, new, asks[kind]))
        return Adapted(text, tuple(changed))

    def _judged(self, adapted: Adapted, said: Said) -> Adapted:
        """Refuses what still names a peer, cites a law that no longer holds, or asks too much."""
        text = adapted.text
        own = own_names(self.profile)
        left = [f for f in self.names.find(_masked(text)) if f.text not in own]
        if left:
            return replace(adapted, refused=f"ほかの自治体の名称({left[0].text})が残ります。")
        word = strange(self._hidden(text)) if said.national is None else ""
        if word:
            return replace(adapted, refused=f"ほかの自治体に固有の語({word})とみられます。")
        if repealed(text):
            return replace(adapted, refused="改正前の法令の引用です。")
        bases = plain(f"{self.profile.basis_use}\n{self.profile.basis_linkage}")
        if said.national is None and any(g not in bases for g in grounds(text)):
            return replace(adapted, refused="自市の事務の法令上の根拠であるか分かりません。")
        if adapted.asked > MAX_ASKED:
            return replace(adapted, refused="自市で書くべきことが多すぎます。")
        return adapted


def _masked(text: str) -> str:
    """The text with its questions blanked, offsets kept."""
    return QUESTION.sub(lambda m: "　" * len(m[0]), text)


def figured(adapted: Adapted) -> Adapted:
    """Frequencies, periods and counts become questions: only the body knows its own."""
    text, changed = adapted.text, list(adapted.changed)
    for figure, ask in words().figures:
        for match in reversed(list(figure.finditer(_masked(text)))):
            new = f"【要確認: {ask}】"
            text = text[: match.start()] + new + text[match.end() :]
            changed.append(Changed(match[0], new, "自市で決める数値"))
    return replace(adapted, text=text, changed=tuple(changed))


def spelt(adapted: Adapted) -> Adapted:
    """Today's usual spelling, noted once for each word."""
    text, changed = adapted.text, list(adapted.changed)
    for before, after in words().spelling:
        match = before.search(text)
        if match:
            changed.append(Changed(match[0], match.expand(after), "表記"))
            text = before.sub(after, text)
    return replace(adapted, text=text, changed=tuple(changed))


def own_words(changed: Iterable[Changed]) -> int:
    """How many changes go beyond spelling."""
    return sum(c.reason != "表記" for c in changed)
