"""The two desks of IV: where disclosure is requested, and where questions go."""

from __future__ import annotations

import re
import unicodedata

from ingest.assessment import Contact, State, Stated
from ingest.labels import bare
from ingest.look import Look, of

_HYPHEN = r"[-‐‑–—―−－ー()（）]"
_PHONE = re.compile(
    rf"(?<![\d-])\(?0\d{{1,4}}{_HYPHEN}\d{{1,4}}{_HYPHEN}\d{{3,4}}(?!\d)"
    r"|(?<=電話)\D{0,6}0\d{9,10}(?!\d)|(?<=TEL)\D{0,6}0\d{9,10}(?!\d)"
)
_DESKS = {"請求先": "開示・訂正・利用停止請求", "連絡先": "問合せ"}


def make_contacts(look: Look) -> list[Contact]:
    """One for each desk that the form names an address of."""
    found = []
    for item in look.items:
        desk = _DESKS.get(bare(item.path[-1]), "")
        if not desk or item.part not in {"I", "IV", "V"} or item.state is not State.STATED:
            continue
        method = next((i for i in look.near(item) if i.sub == "②"), None)
        phones = "、".join(phones_of(item.text))
        found.append(
            Contact(
                desk=Stated(desk, item.key, State.STATED),
                address=of(item),
                phones=Stated(phones, item.key, State.STATED if phones else State.BLANK),
                method=of(method) if method else Stated(),
            )
        )
    return found


def phones_of(text: str) -> list[str]:
    """Telephone numbers in half-width digits, each once: 048-258-1641, (048)258-1641."""
    found = (m[0] for m in _PHONE.finditer(unicodedata.normalize("NFKC", text)))
    return list(dict.fromkeys(re.sub(r"^[^\d(]+", "", phone) for phone in found))
