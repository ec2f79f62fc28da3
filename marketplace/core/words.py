"""Words as the search compares them, in English and Spanish: small letters, no accents, one form per noun."""

import re
import unicodedata

_WORD = re.compile(r"\w+")
_MOST_WORDS = 8
_STOP_ENGLISH = {"a", "an", "and", "by", "for", "from", "in", "of", "on", "or", "the", "with"}
_STOP_SPANISH = {"con", "de", "del", "el", "en", "la", "las", "los", "para", "por", "un", "una", "y"}
_STOP = _STOP_ENGLISH | _STOP_SPANISH


def fold(text: str) -> str:
    """Small letters without accents or control characters."""
    letters = unicodedata.normalize("NFKD", text.replace("\x00", " ").lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def stem(word: str) -> str:
    """One form for singular and plural: dress and dresses, shoe and shoes, pantalón and pantalones."""
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 3 and word.endswith("y"):
        word = word[:-1] + "i"
    return word


def split(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(fold(text))


def stems(text: str) -> list[str]:
    return [stem(word) for word in split(text)]


def query_words(text: str) -> list[str]:
    """The words of a question, without those that say nothing, eight at most."""
    words = split(text)
    telling = [word for word in words if word not in _STOP] or words
    return telling[:_MOST_WORDS]


def query_stems(text: str) -> list[str]:
    return [stem(word) for word in query_words(text)]
