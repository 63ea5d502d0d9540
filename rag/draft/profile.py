"""What a body knows of itself and of one duty, before anything is drafted. Unknown stays unknown ("" or empty).

Fields as in the batch contract of `hyoka draft`; `ProfileFile` is the same at the edges (YAML, JSON, the page's form).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ContractFact:
    """One 委託 as the body knows it. `subcontract`: 再委託する, 再委託しない or ""."""

    title: str = ""
    content: str = ""
    handlers: str = ""
    contractor: str = ""
    subcontract: str = ""
    permission: str = ""
    subcontracted: str = ""


@dataclass(frozen=True, slots=True)
class RecipientFact:
    """One 提供先 (`transfer` False) or 移転先 (True) as the body knows it."""

    recipient: str = ""
    transfer: bool = False
    basis: str = ""
    purpose: str = ""
    information: str = ""
    people: str = ""
    scope: str = ""
    means: tuple[str, ...] = ()
    timing: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """The facts. `body`: 評価実施機関名 (○○市長); `city`: its name (○○市); choices as the form words them.

    contracts, recipients: None where unknown, () where it is known that there are none.
    """

    body: str = ""
    city: str = ""
    duty: str = ""
    summary: str = ""
    number: str = ""
    title: str = ""
    declaration: str = ""
    published: str = ""
    department: str = ""
    manager: str = ""
    people: str = ""
    persons: str = ""
    scope: str = ""
    file_name: str = ""
    record_items: str = ""
    held_since: str = ""
    purpose: str = ""
    sources: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    users: str = ""
    handlers: str = ""
    systems: tuple[str, ...] = ()
    hosting: str = ""
    authentication: str = ""
    contracts: tuple[ContractFact, ...] | None = None
    recipients: tuple[RecipientFact, ...] | None = None
    linkage: str = ""
    basis_use: str = ""
    basis_linkage: str = ""
    incident: str = ""
    audits: tuple[str, ...] = ()
    contact: str = ""
    disclosure_contact: str = ""
    assessed: str = ""
