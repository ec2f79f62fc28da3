"""How long the City's list of 600,000 businesses takes to load, and how much memory (aim: 5 minutes, 300 MB).

Then matches makers against it (tests.bench.match_register).
"""

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import match_register

ROWS = int(os.environ.get("ROWS", "600000"))


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="register-"))
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder / 'db.sqlite3'}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.dev")
    import django

    django.setup()
    from django.core.management import call_command

    from certification.services.programme import load_register
    from tests.certification.test_programme import register_file

    print("migrating …", file=sys.stderr)
    call_command("migrate", "certification", verbosity=0)
    path = register_file(folder / "register.csv", ROWS)
    before, started = _peak_mb(), time.perf_counter()
    counts = load_register(path=path, progress=_progress)
    seconds = time.perf_counter() - started
    print(f"{counts['kept']:,} of {counts['read']:,} rows in {seconds:.0f} s, {path.stat().st_size / 1e6:.0f} MB file")
    print(f"peak memory {_peak_mb():.0f} MB, of which {before:.0f} MB before the load")
    match_register.report()


def _progress(count: int) -> None:
    if count % 100_000 == 0:
        print(f"{count:,}", file=sys.stderr)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
