"""Compares one item of the form over documents: who has which measure, cited; what the text denies, what is lost.

`item` finds the item in each document, `measures` knows what is looked for, `table` puts the rows together.
"""
