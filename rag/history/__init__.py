"""Questions about the past: dated rows of 変更箇所, and nothing of them for the present.

What changed (`changes`), what stood on a date (`standing`), what a question takes for the present (`outdated`).
"""
