"""Verification of what a model wrote, sentence by sentence, against the evidence that it cites.

    sentences  a stream of text → sentences → pieces, each with the tokens that back it
    grounds    a composed answer → what each token [c1] bears
    reading    a text → clauses: their content words, whether they deny, the words that change what is claimed
    facts      numbers, dates, names and quotations in a clause
    demands    what a retelling must not leave out
    verifier   one sentence → its verdict

Nothing here asks a model, and nothing is similar enough: a word, a number, a name either stands in the evidence or does
not. What is refused without need costs nothing, for the composed answer stands.
"""

from rag.verify.demands import lacking
from rag.verify.grounds import Grounds, grounds_of
from rag.verify.sentences import Splitter
from rag.verify.verifier import Verifier

__all__ = ["Grounds", "Splitter", "Verifier", "grounds_of", "lacking"]
