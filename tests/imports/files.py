"""Files as other shops export them, made small for tests."""

import csv
import io
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.core import outbox
from marketplace.imports.models import Import
from marketplace.imports.services import apply_import, start_import
from tests import factories

SAMPLE = Path(__file__).with_name("shopify_products.csv")


def sheet(*rows: dict, columns: tuple[str, ...] = ()) -> bytes:
    """A CSV with these rows; the columns are those that the rows name."""
    names = columns or tuple(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def piece(handle="tote", title="Tote", price="38.00", stock="5", **more) -> dict:
    """A row of Shopify's file; `more` names columns by their headings."""
    row = {"Handle": handle, "Title": title, "Body (HTML)": "<p>Canvas.</p>", "Variant Price": price}
    return row | {"Variant Inventory Qty": stock} | more


def dry_run(maker, content: bytes, name="products.csv") -> Import:
    upload = SimpleUploadedFile(name, content, content_type="text/csv")
    return start_import(user=factories.owner_of(maker), maker=maker, upload=upload)


def bring(maker, content: bytes) -> Import:
    """The dry run, applied, all of it done but pictures."""
    batch = dry_run(maker, content)
    apply_import(user=factories.owner_of(maker), batch=batch)
    outbox.deliver(limit=10_000)
    batch.refresh_from_db()
    return batch


def said(batch: Import) -> set[tuple[str, int]]:
    """The code and row of everything that the dry run says of its pieces."""
    return {(item["code"], item["row"]) for row in batch.pieces.all() for item in row.findings}


def outcomes(batch: Import) -> dict[str, str]:
    return dict(batch.pieces.values_list("title", "outcome"))
