"""Faults of reading a file. Each message is one line of Japanese: what is wrong, and what to do about it.

IngestError
├── UnreadableFile   cannot be opened, is too large, or is a folder
├── NotText          bytes that are no text of a known encoding, or empty
├── NotAssessment    text, but not one of an assessment
└── UnknownFormat    no reader for this kind of file
"""


class IngestError(Exception):
    """`str(error)` is the sentence to show; `path` in it is the name of the file only."""


class UnreadableFile(IngestError):
    """The file cannot be opened, is larger than the limit, or is no file at all."""


class NotText(IngestError):
    """The file is empty or holds no Japanese text in UTF-8, UTF-16, CP932 or EUC-JP."""


class NotAssessment(IngestError):
    """The text lacks 評価書番号, 評価実施機関名 or the items of the form."""


class UnknownFormat(IngestError):
    """No reader is registered for this kind of file."""
