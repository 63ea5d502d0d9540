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
#: Negations that deny nothing of the measure: obligations, purposes, attributes.
_HARMLESS = re.compile(
    r"なければ(?:なら|いけ)ない|て(?:は)?ならない|ではならない|ないよう|ないか(?:どうか)?|こと(?:の|が)ない|必要(?:の|が)ない|"
    r"関係(?:の|が)ない|おそれ(?:の|が)ない|問題(?:の|が)ない|だけでなく|のみでなく|少なく|やむを得ない|不要な|"
    r"復元(?:が)?できない|権限の(?:ない|無い)|検討(?:・|及び|し、?)実施"
)
_DENIAL = re.compile(
    r"ない|ません|なく|なし(?:[。、]|$)|ず(?=[、。にと]|$)|無い|未(?:実施|導入|対応|整備|設定|取得|策定)|不可|廃止|取りやめ|"
    r"を除[くいき]|に代(?:え|わ)|の代わり|予定|検討|望まし|課題|必要(?:が(?:ある|あり)|である|。|$)|(?:て|で)いた(?:が|。|もの|$)|"
    r"を?目指|ことを?が?可能|可能とする|できるように"
)


def affirms(folded: str, end: int) -> bool:
    """Whether the sentence says of what is named up to `end` that it is done.

    folded  the sentence as `terms.key`
    """
    rest = _ASIDE.sub("", folded[end:])
    stop = _END.search(rest)
    clause = rest[: stop.start()] if stop else rest
    if stop and stop[0].endswith("、") and _past_denied(stop, rest):
        return False
    return _DENIAL.search(_HARMLESS.sub("", _own(clause))) is None


def _own(clause: str) -> str:
    """The clause up to the first verb that joins on to another."""
    for joined in _JOINED.finditer(clause):
        if not _PARTICLES.search(clause[: joined.end() - 1]):
            return clause[: joined.end() - 1]
    return clause


def _past_denied(stop: re.Match[str], rest: str) -> bool:
    """Whether what was done once is no longer: 以前は行っていたが、."""
    return rest[: stop.start()].endswith(("ていた", "でいた"))
