"""Faults of keeping and answering. Outcomes such as 記載なし are statuses, not errors.

HyokaError            `str(error)` is a Japanese sentence a user can act on
├── NotFound          no such document, version, item or record kind
├── SettingsError     a HYOKA_* setting cannot be used as it is
├── EncoderError      the encoder or its weights cannot be loaded
├── StoreError        the catalog, Chroma or the lexical index cannot be opened or written
├── EncoderChanged    the index was made with another encoder; `hyoka reindex` re-encodes
├── BadQuestion       empty or too long a question
│   └── BadEntry      what else a person typed cannot be taken: an empty title, an unknown reason
├── Forbidden         it is there and may be seen, but this person may not do that with it
├── Conflict          what was to be saved was changed by somebody else in the meantime; nothing is overwritten
└── ModelError        the language model cannot be reached, failed, or was not in time; the composed answer stands
"""


class HyokaError(Exception):
    """Base of all faults with a message for the user."""


class NotFound(HyokaError):
    """What was asked for by name is not in the catalog."""


class SettingsError(HyokaError):
    """A setting's value cannot be used."""


class EncoderError(HyokaError):
    """The encoder cannot be loaded."""


class StoreError(HyokaError):
    """A store cannot be opened, read or written."""


class EncoderChanged(StoreError):
    """The vectors at hand were made by another encoder."""


class BadQuestion(HyokaError):
    """The question is empty or longer than the limit."""


class BadEntry(BadQuestion):
    """What a person typed besides a question cannot be taken."""


class Forbidden(HyokaError):
    """What was asked for is not for this person to do."""


class Conflict(HyokaError):
    """Somebody else changed the same place since it was read."""


class ModelError(HyokaError):
    """The language model cannot answer. `retryable`: the same request may succeed later."""

    def __init__(self, message: str, *, retryable: bool = False) -> None:
        super().__init__(message)
        self.retryable = retryable
