"""Whether two postal addresses are the same one, as far as their words tell."""

import re

_ABBREVIATIONS = {
    "STREET": "ST", "AVENUE": "AVE", "BOULEVARD": "BLVD", "ROAD": "RD", "DRIVE": "DR", "PLACE": "PL", "LANE": "LN",
    "COURT": "CT", "NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W",
}  # fmt: skip
_LESS_TELLING = {"ST", "AVE", "BLVD", "RD", "DR", "PL", "LN", "CT", "WAY", "N", "S", "E", "W"}


def same_address(street: str, zip_code: str, other_street: str, other_zip_code: str) -> bool:
    """The same house number, ZIP code and street name; unit, direction and kind of street may be left out."""
    if zip_code.strip()[:5] != other_zip_code.strip()[:5]:
        return False
    words, others = _words(street), _words(other_street)
    if not words or not others or words[0] != others[0] or not words[0][:1].isdigit():
        return False
    return _directions_agree(words, others) and _street_name(words) == _street_name(others)


def house_number(street: str) -> str:
    """The number a street address begins with; empty where there is none."""
    words = _words(street)
    return words[0] if words and words[0][:1].isdigit() else ""


def _words(street: str) -> list[str]:
    words = re.findall(r"[A-Z0-9]+", street.upper())
    return [_ABBREVIATIONS.get(word, word) for word in words]


def _street_name(words: list[str]) -> str:
    """The first word after the number that is neither a direction nor a kind of street."""
    return next((word for word in words[1:] if word not in _LESS_TELLING), "")


def _directions_agree(words: list[str], others: list[str]) -> bool:
    first, second = set(words[1:3]) & set("NSEW"), set(others[1:3]) & set("NSEW")
    return not first or not second or first == second
