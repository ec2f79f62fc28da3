"""How long it takes to match one maker against the loaded register (aim: below 50 ms)."""

import random
import statistics
import time

MATCHES = 200
AIM_MS = 50


def report() -> None:
    """Prints median and worst of 200 matches: half by account, half by a misspelled name and the address alone."""
    from certification.matching import Wanted, find
    from certification.models import RegisterEntry

    draw = random.Random(3)
    accounts = list(RegisterEntry.objects.order_by("account").values_list("account", flat=True)[:: 1 + MATCHES * 7])
    chosen = RegisterEntry.objects.in_bulk(draw.choices(accounts, k=MATCHES))
    rows = draw.choices(list(chosen.values()), k=MATCHES)
    times, found = [], 0
    for number, row in enumerate(rows):
        name = row.name.replace("MAKER", "MAKRE") if number % 2 else row.name
        wanted = Wanted("" if number % 2 else row.account, (name, "Unknown LLC"), row.street.title(), row.zip_code)
        started = time.perf_counter()
        matches = find(wanted)
        times.append((time.perf_counter() - started) * 1000)
        found += any(match.entry.account == row.account for match in matches)
    worst, median = max(times), statistics.median(times)
    print(
        f"match of one maker among {RegisterEntry.objects.count():,} rows: median {median:.1f} ms, "
        f"worst {worst:.1f} ms (aim: below {AIM_MS} ms); the right row was among the matches {found} of {MATCHES} times"
    )
