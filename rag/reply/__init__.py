"""Replies to residents: an inquiry in, a letter out that says only what the published assessments say.

    inquiry (masked text → sentences) ─► asks (what is asked, requested, complained of) ─► aims (of which document)
        ─► telling, rows, elsewhere (each answered, in plain words, cited) ─► desks (contacts, verbatim) ─► letter

`replier` runs these steps; `smoothing` lets a model word the paragraphs under the verification of answers. Nothing here
is kept or logged.
"""
