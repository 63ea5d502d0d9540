"""Faults of reading a file. Each message is one Japanese sentence that says what is wrong and what to do.

IngestError
├── UnreadableFile   cannot be opened, or is too large
├── NotText          bytes that are no text of a known encoding, or empty
├── NotAssessment    text, but not one of an assessment
└── UnknownFormat    no reader for this kind of file
"""


class IngestError(Exception):
    """`str(error)` is the sentence to show; `path` in it is the name of the file only."""


class UnreadableFile(IngestError):
    """The file cannot be opened or is larger than the limit."""


class NotText(IngestError):
    """The file is empty or holds no text in UTF-8, UTF-16 or CP932."""


class NotAssessment(IngestError):
    """The text has no 評価書番号, 評価実施機関名 or item of the form."""


class UnknownFormat(IngestError):
    """No reader is registered for this kind of file."""
