"""People and their ways in, as routes and commands use them: each method one transaction, with its line in the log."""

from __future__ import annotations

from rag.accounts.door import Door, SignedIn
from rag.accounts.invitations import Invitations
from rag.accounts.office import Office
from rag.accounts.own import Own

__all__ = ["Accounts", "SignedIn"]


class Accounts(Door, Invitations, Own, Office):
    """Accounts in the catalog's database; safe between threads. Methods raise StoreError where it fails."""
