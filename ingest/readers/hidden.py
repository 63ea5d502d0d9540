"""Which elements of a converted text nobody sees: by attribute, or by a style of their own. Used by `markup`.

A style sheet is not read; white text counts as hidden only where nothing says that it stands on another ground.
"""

from __future__ import annotations

import re

_COLOURS = {"white": (255, 255, 255), "black": (0, 0, 0)}
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")
_RGB = re.compile(r"rgba?\((\d{1,3})[,\s]+(\d{1,3})[,\s]+(\d{1,3})(?:[,/\s]+(\d*\.?\d+%?))?\)")
_NUMBER = re.compile(r"-?\d*\.?\d+")
_WHITE = (255, 255, 255)
#: Text that differs from its ground by so little in each colour cannot be read.
_NEAR = 12
#: A font smaller than this, in pixels or points, cannot be read.
_LEAST_SIZE = 2.0
#: Farther than this to the left or above, in any unit, lies outside of every page.
_FAR = -500.0
_LEAST_OPACITY = 0.05

Colour = tuple[int, int, int]


def is_hidden(attributes: dict[str, str], shaded: bool) -> bool:
    """Whether an element is seen by nobody. `shaded`: it stands on a ground that is not known to be white."""
    style = _style(attributes)
    return "hidden" in attributes or _not_drawn(style) or _too_small(style) or _unreadable(attributes, style, shaded)


def is_shaded(attributes: dict[str, str]) -> bool:
    """Whether an element has a ground of its own, or one that a style sheet may give it."""
    ground = _ground(attributes, _style(attributes))
    return "class" in attributes or (bool(ground) and _colour(ground) != _WHITE)


def _style(attributes: dict[str, str]) -> dict[str, str]:
    pairs = (part.partition(":") for part in attributes.get("style", "").lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs}


def _not_drawn(style: dict[str, str]) -> bool:
    away = (_number(style.get(side, "")) for side in ("left", "top", "text-indent", "margin-left"))
    return (
        style.get("display") == "none"
        or style.get("visibility") in {"hidden", "collapse"}
        or any(distance is not None and distance <= _FAR for distance in away)
    )


def _too_small(style: dict[str, str]) -> bool:
    size, opacity = style.get("font-size", ""), _number(style.get("opacity", ""))
    value = _number(size)
    small = value is not None and (value == 0 or (value < _LEAST_SIZE and size.endswith(("px", "pt"))))
    return small or (opacity is not None and opacity <= _LEAST_OPACITY)


def _unreadable(attributes: dict[str, str], style: dict[str, str], shaded: bool) -> bool:
    printed = style.get("color") or attributes.get("color", "").lower()
    if printed == "transparent":
        return True
    ink, ground = _colour(printed), _ground(attributes, style)
    if ink is None:
        return False
    if ground:
        return _near(ink, _colour(ground))
    return _near(ink, _WHITE) and not shaded and "class" not in attributes


def _ground(attributes: dict[str, str], style: dict[str, str]) -> str:
    return style.get("background-color") or style.get("background") or attributes.get("bgcolor", "").lower()


def _near(ink: Colour, ground: Colour | None) -> bool:
    return ground is not None and all(abs(a - b) <= _NEAR for a, b in zip(ink, ground, strict=True))


def _colour(printed: str) -> Colour | None:
    """Red, green and blue of a colour; None for names that are not needed here and what is no colour."""
    if found := _HEX.fullmatch(printed):
        digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if found := _RGB.fullmatch(printed):
        return int(found[1]), int(found[2]), int(found[3])
    return _COLOURS.get(printed)


def _number(printed: str) -> float | None:
    found = _NUMBER.match(printed)
    return float(found[0]) if found else None
