"""Whether a sentence says that a measure is taken, or only names it: denied, planned, only possible, given up.

Where the sentence leaves it open the measure counts as not taken: a wrong 「あり」 is worse than a wrong 「なし」.
"""

from __future__ import annotations

import re

#: In folded text (`terms.key`): no white space, half-width signs.
_ASIDE = re.compile(r"\([^()]*\)")
#: Behind 「…を制限することで」 stands what it is good for, often a negation (不正利用が行えない).
_END = re.compile(r"。|(?:が|ものの|けれども|一方(?:で)?)、|\(|(?<!ない)こと(?:で|により|によって)")
#: A verb that joins on to what follows ends what is said of the measure (…を取得し、); particles do not (…において、).
_JOINED = re.compile(r"([ぁ-ん]{0,3}[しいきちりえけせてめべみれ])、")
_PARTICLES = re.compile(
    r"(?:により|によって|よって|において|おいて|について|ついて|に対して|対して|として|に応じて|応じて|に関して|関して|"
    r"に際して|際して|を通じて|通じて|をもって|もって|に基づき|基づき|に基づいて|あるいは|若しくは|のみならず|ほかに|かつ)$"
)
#: So much of what is named shows whether it ends with such a verb.
_TAIL = 6
#: Negations that deny nothing of the measure: obligations, purposes, attributes.
_HARMLESS = re.compile(
    r"なければ(?:なら|いけ)ない|て(?:は)?ならない|ではならない|ないよう|ないか(?:どうか)?|こと(?:の|が)ない|必要(?:の|が)ない|"
    r"(?:で|の)ない(?:者|もの|人)|(?:の?ほか|以外)(?:に)?は[^。]{0,30}ない|相手に(?:は|)[^。]{0,12}ない|関係(?:の|が)ない|おそれ(?:の|が)ない|問題(?:の|が)ない|だけでなく|のみでなく|少なく|やむを得ない|不要な|"
    r"復元(?:が)?できない|権限の(?:ない|無い)|検討(?:・|及び|し、?)実施"
)
#: What is done by a means is often a negation (…により不正な利用ができない); only what is not done denies the means.
_BY_MEANS = re.compile(r"^[^。、]{0,6}(?:により|によって|を用い|を使って)")
#: What is named is itself something not to be done.
_FORBIDS = re.compile(r"ない|ず$|禁")
#: Within what is named, too: 研修は未実施, 研修は来年度から実施する.
_NOT_YET = re.compile(
    r"未(?:実施|導入|対応|整備|設定)|(?:年度|月|(?:更改|移行|改修|更新)後)(?:から|以降に?|より|に)、?(?:実施|導入|開始|取得|設置|行う)(?!し)"
)
_NOT_DONE = re.compile(
    r"(?:て|で)い(?:ない|ません)|(?:行わ|実施し|導入し|採用し|使用し)ない|予定|検討|廃止|未(?:実施|導入)"
)
_DENIAL = re.compile(
    r"ない|ません|なく|なし(?:[。、]|$)|ず(?=[、。にと]|$)|無い|未(?:実施|導入|対応|整備|設定|取得|策定)|不可|廃止|取りやめ|"
    r"を除[くいき]|に代(?:え|わ)|の代わり|予定|検討|望まし|課題|必要(?:が(?:ある|あり)|である|。|$)|(?:て|で)いた(?:が|。|もの|$)|"
    r"を?目指|ことを?が?可能|可能とする|できるように"
)


def affirms(folded: str, start: int, end: int) -> bool:
    """Whether the sentence says of what is named from `start` to `end` that it is done.

    folded  the sentence as `terms.key`
    """
    named, rest = folded[start:end], _ASIDE.sub("", folded[end:])
    if _joined(named[-_TAIL:] + rest[:1]):
        return True
    stop = _END.search(rest)
    clause = rest[: stop.start()] if stop else rest
    if stop and stop[0].endswith("、") and _past_denied(stop, rest):
        return False
    own = _own(clause)
    if _NOT_YET.search(named + own):
        return False
    denial = _NOT_DONE if _BY_MEANS.match(clause) or _FORBIDS.search(named) else _DENIAL
    return denial.search(_HARMLESS.sub("", own)) is None


def _joined(text: str) -> bool:
    """Whether what is named ends itself with a verb that joins on: ログを取り、."""
    return _JOINED.search(text) is not None and not _PARTICLES.search(text[:-1])


def _own(clause: str) -> str:
    """The clause up to the first verb that joins on to another."""
    for joined in _JOINED.finditer(clause):
        if not _PARTICLES.search(clause[: joined.end() - 1]):
            return clause[: joined.end() - 1]
    return clause


def _past_denied(stop: re.Match[str], rest: str) -> bool:
    """Whether what was done once is no longer: 以前は行っていたが、."""
    return rest[: stop.start()].endswith(("ていた", "でいた"))
