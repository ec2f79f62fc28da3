"""The demo's sales tax rates: a sample in the shape of the CDTFA's published file, loaded by its bookkeeper."""

from pathlib import Path

from marketplace.core import clock
from marketplace.tax.files import read
from marketplace.tax.loading import load_rates, quarter_start
from marketplace.tax.rates import HOME_STATE

from . import people

SAMPLE = Path(__file__).with_name("sample_tax_rates.csv")


def load_sample_rates() -> None:
    """In force from the present quarter on."""
    load_rates(
        user=people.person(people.BOOKKEEPER),
        places=read(SAMPLE.read_bytes(), state=HOME_STATE),
        file_name=SAMPLE.name,
        state=HOME_STATE,
        from_day=quarter_start(clock.today()),
    )
