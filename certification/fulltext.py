"""The register's text index: FTS5 on SQLite, tsvector with GIN on PostgreSQL.

What a certificate says never changes, so it is indexed once, where it is issued: its words (number, pieces, maker)
and marks, one word for each value that it is filtered by. What changes, status and days, is asked of the table.
"""

from collections.abc import Iterable

from django.db import connection
from django.db.models.expressions import RawSQL

from catalog.catalogue.models import Product
from marketplace.core.words import fold, query_stems, stems

from .models import Certificate, CertifiedProduct

_TABLE = "certification_certificate_words"
_INSERT = {
    # A number comes again where an emptied table begins anew; the index is no table that an emptying knows.
    "sqlite": f"INSERT OR REPLACE INTO {_TABLE} (rowid, words, marks) VALUES (%s, %s, %s)",  # noqa: S608
    "postgresql": (
        f"INSERT INTO {_TABLE} (certificate_id, document) VALUES"  # noqa: S608 - a constant
        " (%s, setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'D'))"
        " ON CONFLICT (certificate_id) DO UPDATE SET document = EXCLUDED.document"
    ),
}
_FIND = {
    "sqlite": f"SELECT rowid FROM {_TABLE} WHERE {_TABLE} MATCH %s",  # noqa: S608 - a constant
    "postgresql": f"SELECT certificate_id FROM {_TABLE} WHERE document @@ to_tsquery('simple', %s)",  # noqa: S608
}

_ID = {"sqlite": "rowid", "postgresql": "certificate_id"}


def index(certificates: Iterable[Certificate]) -> None:
    """Add new certificates with the products that they cover."""
    certificates = list(certificates)
    names = _names(certificates)
    rows = [
        (item.pk, " ".join(stems(" ".join([item.number, item.maker_name, *names[item.pk]]))), " ".join(marks_of(item)))
        for item in certificates
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT[connection.vendor], rows)


def marks_of(certificate: Certificate) -> list[str]:
    places = {step.get("neighborhood", "") for step in certificate.public_steps} - {""}
    return [
        *(mark("claim", claim) for claim in certificate.claims),
        mark("year", certificate.valid_from.year),
        mark("version", certificate.criteria.number),
        mark("kind", certificate.application.facts.get("kind", "")),
        *sorted(mark("place", place) for place in places),
    ]


def mark(name: str, value: str | int) -> str:
    """One word for one value of a filter, such as claimdesigned or placeboyleheights."""
    return name + "".join(letter for letter in fold(str(value)) if letter.isalnum())


def matching(question: str, marks: Iterable[str] = (), before: int | None = None) -> RawSQL | None:
    """A subquery of the ids whose words begin with every word of `question` and that bear every mark; None: all.

    Those below `before` are enough, where it is given.
    """
    words, marks = query_stems(question), list(marks)
    if not words and not marks:
        return None
    expression = _on_sqlite(words, marks) if connection.vendor == "sqlite" else _on_postgresql(words, marks)
    find = _FIND[connection.vendor]
    if before is None:
        return RawSQL(find, [expression])  # noqa: S611 - the words are parameters
    return RawSQL(f"{find} AND {_ID[connection.vendor]} < %s", [expression, before])  # noqa: S611 - parameters


def _on_sqlite(words: list[str], marks: list[str]) -> str:
    """Words and marks are letters, digits and underscores only, so nothing in them can act as an operator."""
    parts = [f'words : "{word}"*' for word in words] + [f'marks : "{word}"' for word in marks]
    return " AND ".join(parts)


def _on_postgresql(words: list[str], marks: list[str]) -> str:
    return " & ".join([f"'{word}':*A" for word in words] + [f"'{word}':D" for word in marks])


def _names(certificates: list[Certificate]) -> dict[int, list[str]]:
    """Certified and Spanish names of the covered products, by certificate."""
    names = {item.pk: [item.product_description] for item in certificates}
    rows = CertifiedProduct.objects.filter(certificate__in=names)
    covered = list(rows.values_list("certificate_id", "product_id", "title"))
    spanish = dict(Product.objects.filter(pk__in={row[1] for row in covered}).values_list("pk", "title_es"))
    for certificate, product, title in covered:
        names[certificate] += [title, spanish.get(product, "")]
    return names
