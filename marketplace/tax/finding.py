"""Which rate holds at an address on a day, and why (CDTFA publication 44: the district where goods are delivered)."""

from datetime import date

from .places import city_behind, normal_county
from .rates import Destination, Rate, TaxUnknown, Why, cities_of_zip, place_of_zip
from .table import Duty, Row, Table, current


def rate_for(destination: Destination, day: date) -> Rate:
    """The rate on a Los Angeles day; 0 only where no tax is owed. Raises TaxUnknown where it is owed but not known."""
    return find(current(), destination, day)


def find(table: Table, destination: Destination, day: date) -> Rate:
    """As `rate_for`, in tables read before."""
    state = destination.state
    duty = table.duty(state, day)
    if duty is None:
        return Rate("", 0, state=state)
    zip_state, county = place_of_zip(destination.zip_code)
    if zip_state == state:
        return _in_county(table, destination, normal_county(county), day, duty)
    typed = table.city_anywhere(state, city_behind(destination.city, "") or "", day)
    if typed:
        return _rate(typed, Why.TYPED_CITY, duty)
    return _of_state(table, state, day, duty)


def _in_county(table: Table, destination: Destination, county: str, day: date, duty: Duty) -> Rate:
    state = destination.state
    typed = _city(table, state, county, destination.city, day)
    names = cities_of_zip(destination.zip_code)
    own = _city(table, state, county, names[0], day)
    known = {city_behind(name, county) for name in names}
    if typed and own and typed != own and typed.city not in known:
        # The operator owes the tax of the place of delivery; a cheaper city's name typed on top must not lower it.
        return _rate(max(own, typed, key=lambda row: row.ppm), Why.HIGHER_OF_TWO, duty)
    if typed:
        return _rate(typed, Why.TYPED_CITY, duty)
    if own:
        return _rate(own, Why.ZIP_CITY if own.city else Why.COUNTY, duty)
    outside = table.row(state, county, "", day)
    return _rate(outside, Why.COUNTY, duty) if outside else _of_state(table, state, day, duty)


def _city(table: Table, state: str, county: str, name: str, day: date) -> Row | None:
    """The row of the city that a name stands for; the county's own where the name is known to be in no city."""
    city = city_behind(name, county)
    return None if city is None else table.row(state, county, city, day)


def _of_state(table: Table, state: str, day: date, duty: Duty) -> Rate:
    row = table.row(state, "", "", day)
    if row is None:
        raise TaxUnknown(f"no rate for {state} on {day}")
    return _rate(row, Why.STATE, duty)


def _rate(row: Row, why: Why, duty: Duty) -> Rate:
    return Rate(row.place, row.ppm, row.state, row.district, row.id, why, duty.taxes_shipping)
