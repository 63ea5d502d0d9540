"""Personal data in a text: found by rules and by the dictionary's parts of speech, replaced by tokens.

text → Folded (`folding`) → 個人番号 (`personal_number`: `digits`, `disguise`), numbers with a label (`labelled`),
`births`, `contacts`, `addresses`, `names` (`reading`: `people`, `introduced`, `signed`) → Masked (`masking`, `masked`).
Nothing here keeps, logs or sends what it found.
"""

from rag.privacy.masked import Found, Masked, MaskedSpan
from rag.privacy.masking import mask

__all__ = ["Found", "Masked", "MaskedSpan", "mask"]
