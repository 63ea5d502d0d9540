"""Verification of what a model wrote, sentence by sentence, against the evidence that it cites.

    sentences   a stream of text → sentences → pieces, each with the tokens that back it
    grounds     a composed answer → what each token [c1] bears
    verifier    one sentence → its verdict, by what follows:

    characters  nothing that nobody sees, nothing that looks like something else
    verbatim    a line of the composed answer as it stands: true
    structure   is it put together as the evidence is? This alone lets other sentences pass:
        records → mentions → marking    what belongs together; names, numbers and dates marked in a text
        phrasing → phrases → units      content words with their particles and endings, one predicate a unit
        frames     headings and values joined as a record has them: groups, speaking, holding, relating, counting,
                   changing; english
        told       prose told again, every word of a unit, its particle, what it depends on: sources, wrapping, likeness
    reading, wording, mixing, roles, sense     why a sentence did not pass, for the record
    demands     what a retelling must not leave out

Nothing here asks a model, and nothing is similar enough: what a sentence says either is put together so in the evidence
or it is not. What is refused without need costs nothing, for the composed answer stands.
"""

from rag.verify.demands import lacking
from rag.verify.grounds import Grounds, grounds_of
from rag.verify.sentences import Splitter
from rag.verify.verifier import Verifier

__all__ = ["Grounds", "Splitter", "Verifier", "grounds_of", "lacking"]
