"""The data flow of one assessment as a drawing: what its records say, nothing else.

`chart` says what is drawn, `reading` takes it from items and records, `layout` places it, `svg` writes it.
"""
