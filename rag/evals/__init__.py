"""Question sets and their scores: what answers are worth with given settings, side by side. Used by `hyoka eval`.

cases → run → scoring → figures → report
"""
