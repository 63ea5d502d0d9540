"""Replies as they are kept, signed off by two people, and found again.

types ◄ moves (who may do what, and what it leads to) ◄ rows ◄ store; `entries` checks what people type, `since` tells
what became of the sources, `similar` finds earlier replies. The inquiry is kept masked only; what it said stays with
whoever holds the letter.
"""
