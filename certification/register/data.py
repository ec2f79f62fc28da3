"""The register as open data: `/register.csv`, whose columns are a promise (architecture: public addresses)."""

import csv
from collections.abc import Iterable, Iterator
from itertools import islice

from django.http import StreamingHttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from certification import selectors
from marketplace.core.csv import safe_cell

from . import search

COLUMNS = ("number", "product", "maker", "claims", "criteria", "valid_from", "valid_until", "status", "reason")
CHUNK = 500


@require_safe
def register_csv(request):
    """Everything, or what the filters of the register page leave, in English whoever asks."""
    return csv_response("register.csv", COLUMNS, register_lines(search.parse(request.GET).start()))


def csv_response(name: str, columns: Iterable[str], lines: Iterable[Iterable[str]]) -> StreamingHttpResponse:
    """Streamed; cells that a spreadsheet would run are made text. Open to other sites like all open data here."""
    writer = csv.writer(_Echo())
    rows = (writer.writerow([safe_cell(value) for value in line]) for line in lines)
    response = StreamingHttpResponse(_all(writer.writerow(columns), rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


class _Echo:
    def write(self, value):
        return value


def _all(head: str, rows: Iterator[str]) -> Iterator[str]:
    yield head
    yield from rows


def register_lines(query: search.Query) -> Iterator[list[str]]:
    """A line of COLUMNS for each certificate asked for."""
    certificates = search.register(query).iterator(chunk_size=CHUNK)
    while chunk := list(islice(certificates, CHUNK)):
        # The body is written after the request's language is gone, so it is set for each piece of it.
        with translation.override("en"):
            lines = [_values(row) for row in selectors.register_rows(chunk)]
        yield from lines


def _values(row: selectors.RegisterRow) -> list[str]:
    item = row.certificate
    return [
        item.number, item.product_description, item.maker_name, " ".join(item.claims), str(item.criteria.number),
        item.valid_from.isoformat(), item.valid_until.isoformat(), str(row.status), row.why,
    ]  # fmt: skip
