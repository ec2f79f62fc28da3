"""The shop's text index: FTS5 on SQLite, tsvector with GIN on PostgreSQL, behind three functions.

Both hold words that `words.stems` has already folded, so both databases give the same answers.
"""

from dataclasses import dataclass

from django.db import connection

from marketplace.core.words import query_stems, stems

MOST_HITS = 1000


@dataclass(frozen=True, slots=True)
class Words:
    """What a listing is found by, the weightiest first."""

    title: str
    names: str
    body: str


_INSERT = {
    "sqlite": "INSERT INTO catalogue_listing_words (rowid, title, names, body) VALUES (%s, %s, %s, %s)",
    "postgresql": (
        "INSERT INTO catalogue_listing_words (product_id, document) VALUES (%s,"
        " setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'B')"
        " || setweight(to_tsvector('simple', %s), 'C'))"
    ),
}
_DELETE = {
    "sqlite": "DELETE FROM catalogue_listing_words WHERE rowid = %s",
    "postgresql": "DELETE FROM catalogue_listing_words WHERE product_id = %s",
}
_FIND = {
    "sqlite": (
        "SELECT rowid FROM catalogue_listing_words WHERE catalogue_listing_words MATCH %s"
        " ORDER BY bm25(catalogue_listing_words, 8.0, 3.0, 1.0), rowid DESC LIMIT %s"
    ),
    "postgresql": (
        "SELECT product_id FROM catalogue_listing_words, to_tsquery('simple', %s) AS question"
        " WHERE document @@ question ORDER BY ts_rank(document, question) DESC, product_id DESC LIMIT %s"
    ),
}


def index_words(product_id: int, words: Words) -> None:
    """Put a listing's words in place of those that were there."""
    parts = [" ".join(stems(text)) for text in (words.title, words.names, words.body)]
    with connection.cursor() as cursor:
        cursor.execute(_DELETE[connection.vendor], [product_id])
        cursor.execute(_INSERT[connection.vendor], [product_id, *parts])


def forget_words(product_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_DELETE[connection.vendor], [product_id])


def find(question: str, limit: int = MOST_HITS) -> list[int]:
    """Ids of the products whose words begin with every word of the question, the best first."""
    words = query_stems(question)
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_FIND[connection.vendor], [_expression(words), limit])
        return [row[0] for row in cursor.fetchall()]


def _expression(words: list[str]) -> str:
    """Stems consist of letters, digits and underscores only, so nothing in them can act as an operator."""
    if connection.vendor == "sqlite":
        return " ".join(f'"{word}"*' for word in words)
    return " & ".join(f"'{word}':*" for word in words)
