"""Finds the rows of the City's register that may be a workplace; certification.rules.matching compares them.

By account number, by house number and ZIP code, and by the names' keys: a constant number of queries for a case.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from .models import RegisterEntry
from .rules.addresses import house_number
from .rules.matching import Entry, Match, matches, name_key

MOST_AT_ADDRESS = 800  # a downtown tower; beyond it the names decide
MOST_OF_NAME = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of a workplace: the account, names of who runs it, the street address."""

    account: str
    names: tuple[str, ...]
    street: str
    zip_code: str


def find(wanted: Wanted) -> list[Match]:
    """The rows that may be this workplace, the best first."""
    return find_all([wanted])[wanted]


def find_all(wanted: Iterable[Wanted]) -> dict[Wanted, list[Match]]:
    """The same for several workplaces; three queries whatever the number."""
    wanted = list(wanted)
    rows = {row.account: row for row in _rows(wanted)}
    entries = {account: _entry(row) for account, row in rows.items()}
    return {
        item: matches(
            account=item.account, names=item.names, street=item.street, zip_code=item.zip_code,
            entries=[entry for account, entry in entries.items() if _may_fit(item, account, rows[account])],
        )
        for item in wanted
    }  # fmt: skip


def _rows(wanted: list[Wanted]) -> list[RegisterEntry]:
    accounts = {item.account for item in wanted if item.account}
    found = list(RegisterEntry.objects.filter(account__in=accounts)) if accounts else []
    places = {key for item in wanted if (key := _place(item.street, item.zip_code))}
    if places:
        at = Q()
        for house, zip5 in sorted(places):
            at |= Q(zip5=zip5, house_number=house)
        found += RegisterEntry.objects.filter(at)[: MOST_AT_ADDRESS * len(places)]
    keys = {key for item in wanted for name in item.names if (key := name_key(name))}
    if keys:
        named = RegisterEntry.objects.filter(Q(name_key__in=keys) | Q(dba_key__in=keys))
        found += named[: MOST_OF_NAME * len(keys)]
    return found


def _may_fit(item: Wanted, account: str, row: RegisterEntry) -> bool:
    """Whether this row was looked up for this workplace, and not for another one of the case."""
    if account == item.account:
        return True
    if (row.house_number, row.zip5) == _place(item.street, item.zip_code):
        return True
    keys = {name_key(name) for name in item.names} - {""}
    return bool(keys & {row.name_key, row.dba_key})


def _place(street: str, zip_code: str) -> tuple[str, str] | None:
    number = house_number(street)
    return (number, zip_code.strip()[:5]) if number else None


def _entry(row: RegisterEntry) -> Entry:
    return Entry(
        account=row.account, name=row.name, dba_name=row.dba_name, street=row.street, zip_code=row.zip_code,
        district=row.council_district, naics=row.naics, started_on=row.started_on, ended_on=row.ended_on,
    )  # fmt: skip
