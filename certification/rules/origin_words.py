"""Finds words that say "made in the USA" without a qualification, in English and Spanish.

"Los Angeles" never implies the United States, and "Made in USA" alone means all or virtually all
(16 CFR 323; California Business and Professions Code 17533.7). Qualified forms pass: "Made in USA of imported
fabric".
"""

import re

_COUNTRY_EN = r"(?:the\s+)?(?:u\.?\s?s\.?\s?a\.?|u\.\s?s\.|united\s+states(?:\s+of\s+america)?|america)"
_COUNTRY_ES = r"(?:(?:los\s+)?ee\.?\s?uu\.?|(?:los\s+)?e\.?\s?u\.?\s?a\.?|(?:los\s+)?estados\s+unidos|am[eé]rica|usa)"
_PLACE = r"(?:(?:los\s+[aá]ngeles|l\.?a\.?|california)[\s,]+(?:california[\s,]+|ca[\s,]+)?)?"
_MADE_EN = (
    r"(?:made|sewn|manufactured|produced|crafted|built|born|proudly\s+made)"
    r"(?:\s+(?:right\s+)?here)?\s+in\s+" + _PLACE + _COUNTRY_EN
)
_MADE_ES = (
    r"(?:hech[oa]s?|fabricad[oa]s?|confeccionad[oa]s?|producid[oa]s?|cosid[oa]s?|elaborad[oa]s?)\s+en\s+"
    + _PLACE
    + _COUNTRY_ES
)
_CLAIMS = re.compile(
    "|".join(
        (
            _MADE_EN,
            _MADE_ES,
            r"american[\s-]+made",
            r"(?:usa|u\.s\.a\.|us)[\s-]+made\b",
            r"(?:100\s?%|genuine|truly)[\s-]+american\b",
            r"products?\s+of\s+" + _COUNTRY_EN,
            r"productos?\s+(?:100\s?%\s+)?(?:american[oa]s?|estadounidenses?)",
            r"(?:100\s?%\s+)?hech[oa]s?\s+por\s+manos\s+(?:american|estadounidens)[oae]s",
            r"\U0001F1FA\U0001F1F8",
        )
    ),
    re.IGNORECASE,
)
_LATIN = re.compile(r"^\s*(?:latina|central|del\s+sur|del\s+norte|south|central)", re.IGNORECASE)
_QUALIFIED = re.compile(
    r"^[\s,;:(–-]*(?:of|from|with|using|de|con|a\s+partir\s+de)\s+[^.!?]{0,60}"
    r"(?:import|foreign|global|japan|ital|mexic|méxic|portug|turk|india|china|europ|extranjer|importad)",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"(?:\bnot|\bno(?:\s+(?:est[aá]|es|fue))?|\bpartly|\bpartially|\ben\s+parte)\s+$", re.IGNORECASE)


def us_claims(text: str) -> list[str]:
    """The unqualified claims in `text`, as they stand there, each once."""
    found: dict[str, None] = {}
    for match in _CLAIMS.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if _is_part_of_word(before, match[0], after) or _LATIN.match(after):
            continue
        if _QUALIFIED.match(after) or _NEGATED.search(before[-24:]):
            continue
        found[" ".join(match[0].split())] = None
    return list(found)


def _is_part_of_word(before: str, found: str, after: str) -> bool:
    """ "unmade in America" and "Americana" are other words."""
    begins = before[-1:].isalnum() and found[0].isalnum()
    return begins or (found[-1].isalnum() and after[:1].isalnum())
