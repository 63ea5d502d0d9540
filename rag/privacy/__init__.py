"""Personal data in a text: found by rules and by the dictionary's parts of speech, replaced by tokens.

text → Folded (`folding`) → 個人番号 (`personal_number`: `digits`, `disguise`) and other kinds → Masked (`masking`).
Nothing here keeps, logs or sends what it found.
"""
