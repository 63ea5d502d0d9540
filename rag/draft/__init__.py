"""Drafting one assessment (様式3) from what the body knows of itself and what its peers published.

profile → peers → material → measures → composer → drafter → Draft; `edits` and `store` keep what people make of it.
"""
