"""A browser's description of itself in words that a person recognises."""

from __future__ import annotations

#: Sign → name; the first that stands in the description counts.
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def browser_name(description: str) -> str:
    """`Edge(Windows)`; what cannot be told is 不明."""
    browser = next((name for sign, name in BROWSERS if sign in description), "不明なブラウザー")
    system = next((name for sign, name in SYSTEMS if sign in description), "")
    return f"{browser}({system})" if system else browser
