"""Knowing which certificates' facts may have changed, without reading all of them.

Certified facts are written through many doors: the studio, the admin, an import, a query by hand. So the database
notes the product (TouchedProduct), and a certificate is forgiven its note when it is issued for the live facts. The
register compares fingerprints only of what is noted; that makes its filters exact and quick.
"""

from django.db import connections

from .facts import WORKPLACE_FIELDS, facts_of, fingerprint
from .models import Certificate, TouchedProduct

_TABLE = "certification_touchedproduct"
# Table, and which writes of it touch which products; {row} is NEW or OLD.
_STEPS = "SELECT {row}.product_id AS id"
_AT_WORKPLACE = "SELECT product_id AS id FROM certification_productionstep WHERE workplace_id = {row}.id"
_OF_MAKER = "SELECT id FROM catalogue_product WHERE maker_id = {row}.id"
_CERTIFIED_OF_WORKPLACE = (*WORKPLACE_FIELDS, "latitude", "longitude")
_DOORS = (
    ("certification_productionstep", ("INSERT", "UPDATE", "DELETE"), (), _STEPS),
    ("certification_linemember", ("INSERT", "UPDATE", "DELETE"), (), _STEPS),
    ("makers_workplace", ("UPDATE",), _CERTIFIED_OF_WORKPLACE, _AT_WORKPLACE),
    ("makers_maker", ("UPDATE",), ("name", "legal_name"), _OF_MAKER),
    ("catalogue_product", ("UPDATE",), ("title", "kind", "maker_id"), "SELECT {row}.id AS id"),
)


def settle(certificate: Certificate) -> None:
    """Forget what was noted of a certificate's product before, if its live facts are the certified ones.

    Deleting comes before reading: a change that is committed in between keeps its note.
    """
    TouchedProduct.objects.filter(product_id=certificate.product_id).delete()
    if fingerprint(facts_of([certificate.product_id])[certificate.product_id]) != certificate.fingerprint:
        TouchedProduct.objects.create(product_id=certificate.product_id)


def create_triggers(using: str = "default", **kwargs) -> None:
    """After migrating."""
    _run(using, _statements(connections[using].vendor))


def drop_triggers(using: str = "default", **kwargs) -> None:
    """Before migrating: SQLite rebuilds a table to change it, and would drop its triggers or stumble over them."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    _run(using, [_drop(connection.vendor, table, verb) for table, verb in _pairs() if table in existing])


def _run(using: str, statements: list[str]) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _statements(vendor: str) -> list[str]:
    made = []
    for table, verbs, columns, products in _DOORS:
        for verb in verbs:
            made.append(_drop(vendor, table, verb))
            make = _on_postgresql if vendor == "postgresql" else _on_sqlite
            made += make(table, verb, columns, products)
    return made


def _pairs() -> list[tuple[str, str]]:
    return [(table, verb) for table, verbs, _columns, _products in _DOORS for verb in verbs]


def _name(table: str, verb: str) -> str:
    return f"{table}_touched_{verb.lower()}"


def _drop(vendor: str, table: str, verb: str) -> str:
    place = f" ON {table}" if vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {_name(table, verb)}{place}"


def _on_sqlite(table: str, verb: str, columns: tuple[str, ...], products: str) -> list[str]:
    when = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    notes = "; ".join(_note(products.format(row=row)) for row in _rows(verb))
    condition = f"WHEN {when} " if when else ""
    return [f"CREATE TRIGGER {_name(table, verb)} AFTER {verb} ON {table} FOR EACH ROW {condition}BEGIN {notes}; END"]


def _on_postgresql(table: str, verb: str, columns: tuple[str, ...], products: str) -> list[str]:
    when = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    notes = "; ".join(_note(products.format(row=row)) for row in _rows(verb))
    name, condition = _name(table, verb), f"WHEN ({when}) " if when else ""
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN {notes}; RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {verb} ON {table} FOR EACH ROW {condition}EXECUTE FUNCTION {name}()",
    ]


def _rows(verb: str) -> tuple[str, ...]:
    return {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("NEW", "OLD")}[verb]


def _note(products: str) -> str:
    """Add the products, and those that are made the same way, unless they are noted already."""
    return (
        f"INSERT INTO {_TABLE} (product_id)"  # noqa: S608 - constants of this module
        f" SELECT id FROM ({products} UNION SELECT member.product_id FROM certification_linemember AS member"
        f" WHERE member.lead_id IN ({products})) AS found"
        f" WHERE NOT EXISTS (SELECT 1 FROM {_TABLE} AS noted WHERE noted.product_id = found.id)"
    )
