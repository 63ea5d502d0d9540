"""Questions over all documents: which municipalities, how many, in which order — complete, with a denominator.

By what the documents choose (`choices`), mark (`boxes`), record (`records`), print on their covers (`covers`) or say
(`texts`); every one is counted by `tally`.
"""
