"""The shop's text indexes, of pieces and of pages: FTS5 on SQLite, tsvector with GIN on PostgreSQL.

Both hold words that `words.stems` has already folded, so both databases give the same answers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from marketplace.core.words import split, stem, stems

from .models import Word
from .synonyms import joined

MOST_HITS = 1000
_LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Words:
    """What a row is found by, the weightiest first."""

    title: str
    names: str
    body: str

    def parts(self) -> list[str]:
        return [joined(text) for text in (self.title, self.names, self.body)]


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a question: what words may begin with, or any of the others as a whole. All are stems."""

    beginning: str
    others: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Index:
    """One table of words; `key` is PostgreSQL's column of the row's id. Both names are constants of ours."""

    table: str
    key: str

    def put(self, row_id: int, words: Words) -> None:
        """Put a row's words in place of those that were there; words that are new are learned."""
        self.forget(row_id)
        texts = words.parts()
        with connection.cursor() as cursor:
            cursor.execute(self._insert(), [row_id, *(" ".join(stems(text)) for text in texts)])
        _learn(texts)

    def forget(self, row_id: int) -> None:
        column = "rowid" if connection.vendor == "sqlite" else self.key
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.table} WHERE {column} = %s", [row_id])  # noqa: S608

    def find(self, terms: Sequence[Term], *, every: bool = True, limit: int = MOST_HITS) -> list[int]:
        """Ids of rows whose words fit every term, or at least one of them; the best first."""
        if not terms:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self._select(), [_expression(terms, every), limit])
            return [row[0] for row in cursor.fetchall()]

    def _insert(self) -> str:
        if connection.vendor == "sqlite":
            return f"INSERT INTO {self.table} (rowid, title, names, body) VALUES (%s, %s, %s, %s)"  # noqa: S608
        parts = " || ".join(f"setweight(to_tsvector('simple', %s), '{weight}')" for weight in "ABC")
        return f"INSERT INTO {self.table} ({self.key}, document) VALUES (%s, {parts})"  # noqa: S608

    def _select(self) -> str:
        if connection.vendor == "sqlite":
            return (
                f"SELECT rowid FROM {self.table} WHERE {self.table} MATCH %s"  # noqa: S608
                f" ORDER BY bm25({self.table}, 8.0, 3.0, 1.0), rowid DESC LIMIT %s"
            )
        return (
            f"SELECT {self.key} FROM {self.table}, to_tsquery('simple', %s) AS question"  # noqa: S608
            f" WHERE document @@ question ORDER BY ts_rank(document, question) DESC, {self.key} DESC LIMIT %s"
        )


LISTINGS = Index("catalogue_listing_words", "product_id")
PAGES = Index("search_page_words", "page_id")


def _expression(terms: Sequence[Term], every: bool) -> str:
    """Stems consist of letters, digits and underscores only, so nothing in them can act as an operator."""
    if connection.vendor == "sqlite":
        groups = [[f'"{term.beginning}"*', *(f'"{word}"' for word in sorted(term.others))] for term in terms]
        either, both = " OR ", " AND "
    else:
        groups = [[f"'{term.beginning}':*", *(f"'{word}'" for word in sorted(term.others))] for term in terms]
        either, both = " | ", " & "
    return (both if every else either).join(f"({either.join(group)})" for group in groups)


def _learn(texts: Iterable[str]) -> None:
    """Keep words that nothing had so far, in one order, so that two writers never wait for each other."""
    words = {word[:_LONGEST_WORD] for text in texts for word in split(text) if not word.isdigit()}
    new = words - set(Word.objects.filter(word__in=words).values_list("word", flat=True))
    Word.objects.bulk_create([Word(word=word, stem=stem(word)) for word in sorted(new)], ignore_conflicts=True)
