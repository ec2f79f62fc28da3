"""Paid orders per second: bags of three lines of two makers are placed, paid by card and booked, with everything real.

Web, worker, clock, PostgreSQL and Stripe's stand-in share this machine with the shoppers. Bags, sessions and
addresses are made before the clock starts. An order counts when the shopper sees that it is paid. The aim: 15 a
second sustained, placing below 400 ms for 95 of 100 (docs/decisions/0004).

    DATABASE_URL=postgres://… python -m tests.bench.paid_orders   (SECONDS=60 SHOPPERS=8 WEB=2 WORKERS=1)
"""

import os
import re
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

SECONDS = float(os.environ.get("SECONDS", "60"))
SHOPPERS = int(os.environ.get("SHOPPERS", "8"))
WEB, THREADS = int(os.environ.get("WEB", "2")), int(os.environ.get("THREADS", "4"))
WORKERS = int(os.environ.get("WORKERS", "1"))
MOST_PER_SECOND = int(os.environ.get("MOST_PER_SECOND", "32"))
DATABASE = os.environ.get("DATABASE_URL", "postgres://shop:shop@127.0.0.1:5432/shop_bench")
AIM, SLOWEST_PLACING = 15, 0.4
ADDRESS = {
    "name": "Sam Shopper", "line1": "200 N Spring St", "line2": "", "city": "Los Angeles", "state": "CA",
    "zip_code": "90012", "phone": "",
}  # fmt: skip
SECRET = re.compile(r'data-secret="([^"]+)"')


def main() -> None:
    os.environ.update(DATABASE_URL=DATABASE, DJANGO_SETTINGS_MODULE="marketplace.settings.dev")
    import django

    django.setup()
    variants = _fill()
    from tests.processes import Shop

    folder = Path(tempfile.mkdtemp(prefix="orders-"))
    with Shop(folder, database=DATABASE, web_workers=WEB, web_threads=THREADS) as shop:
        workers = [f"worker-{number}" for number in range(WORKERS)]
        shop.start("stripe", "web", *workers, "clock")
        wanted = int(SECONDS * MOST_PER_SECOND)
        bags = _prepare(shop, variants, wanted)
        before = {name: shop.cpu_seconds(name) for name in shop.running}
        result = _shop(shop, bags)
        used = {name: shop.cpu_seconds(name) - before[name] for name in shop.running}
        _tell(result, used, _wait_for_worker())


def _fill() -> list[int]:
    """A fresh database with forty certified pieces of ten makers; the ids of their variants, two of a maker each."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from catalog.catalogue.models import Product

    print("migrating …", file=sys.stderr)
    call_command("migrate", verbosity=0)
    from tests import factories

    if not Product.objects.filter(structure=Product.CHILD).exists():
        makers = [factories.maker() for _ in range(10)]
        pieces = [factories.product(maker, stock=100_000) for _ in range(4) for maker in makers]
        with transaction.atomic():
            factories.certify_in_bulk(pieces)
    with connection.cursor() as cursor:
        cursor.execute("analyze" if connection.vendor == "postgresql" else "select 1")
    rows = Product.objects.filter(structure=Product.CHILD).select_related("parent").order_by("pk")
    return [(row.parent_id, row.pk, row.parent.maker_id) for row in rows]


@dataclass
class Bag:
    """A shopper before the delivery step: cookies, and what the page showed."""

    cookies: dict[str, str]
    seen: str


@dataclass
class Result:
    paid: list[float] = field(default_factory=list)
    placing: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    seconds: float = 0.0


def _prepare(shop, variants: list, count: int) -> list[Bag]:
    print(f"filling {count} bags …", file=sys.stderr)
    bags: list[Bag] = []
    numbers = iter(range(count))
    lock = threading.Lock()

    def fill():
        browser = shop.browser()
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            bags.append(_bag(browser, variants, number))

    _together(fill, 4)
    return bags


def _bag(browser, variants: list, number: int) -> Bag:
    browser.cookies = {}
    first = variants[number % len(variants)]
    same = next(row for row in variants if row[2] == first[2] and row[0] != first[0])
    other = next(row for row in variants[number % 7 :] + variants if row[2] != first[2])
    browser.send("GET", f"/shop/{first[0]}/")
    browser.send("GET", "/account/login/")
    for parent, variant, _maker in (first, same, other):
        status, _to, text = browser.send("POST", f"/basket/add/{parent}/", {"variant": variant, "quantity": 1})
        if status != 302:
            raise SystemExit(f"adding: {status} {text[:500]}")
    status, _to, text = browser.send("POST", "/checkout/", {**ADDRESS, "email": f"shopper{number}@example.org"})
    if status != 302:
        raise SystemExit(f"address: {status} {text[:2000]}")
    _status, _to, text = browser.send("GET", "/checkout/delivery/")
    seen = re.search(r'name="seen" value="(\w+)"', text)
    if seen is None:
        raise SystemExit(f"delivery: {_status} {text[:2000]}")
    return Bag(dict(browser.cookies), seen.group(1))


def _together(action, count: int) -> None:
    threads = [threading.Thread(target=action) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _shop(shop, bags: list[Bag]) -> Result:
    """Shoppers pay one bag after the other until the time is over or no bag is left."""
    result, lock, began = Result(), threading.Lock(), time.perf_counter()
    waiting = iter(bags)

    def pay():
        web, stripe = shop.browser(), shop.browser(shop.stripe)
        while time.perf_counter() - began < SECONDS:
            with lock:
                bag = next(waiting, None)
            if bag is None:
                return
            problem = _pay(web, stripe, bag, result, began)
            if problem:
                result.failed.append(problem)

    _together(pay, SHOPPERS)
    result.seconds = time.perf_counter() - began
    return result


def _pay(web, stripe, bag: Bag, result: Result, began: float) -> str:
    web.cookies = bag.cookies
    start = time.perf_counter()
    status, to, text = web.send("POST", "/checkout/delivery/", {"seen": bag.seen})
    result.placing.append(time.perf_counter() - start)
    if status != 302:
        return f"placing: {status} {text[:200]}"
    _status, _to, text = web.send("GET", to)
    secret = SECRET.search(text)
    if secret is None:
        return f"payment page: {_status}"
    intent = secret.group(1).partition("_secret")[0]
    status, _to, text = stripe.send(
        "POST", f"/v1/payment_intents/{intent}/confirm",
        {"payment_method": "pm_card_visa", "client_secret": secret.group(1)},
        {"Authorization": "Bearer pk_test_standin"},
    )  # fmt: skip
    if status != 200:
        return f"confirming: {status} {text[:200]}"
    status, to, _text = web.send("GET", to.replace("/payment/", "/return/"))
    if status != 302 or "/done/" not in to:
        return f"return: {status} {to}"
    result.paid.append(time.perf_counter() - began)
    result.whole.append(time.perf_counter() - start)
    return ""


def _wait_for_worker() -> tuple[int, float]:
    """Messages that the worker still had to do when the last shopper was served, and seconds until it was through."""
    from marketplace.core.models import OutboxMessage

    left, began = OutboxMessage.objects.filter(done_at=None).count(), time.perf_counter()
    while OutboxMessage.objects.filter(done_at=None).exists() and time.perf_counter() - began < 300:
        time.sleep(0.25)
    return left, time.perf_counter() - began


def _tell(result: Result, used: dict[str, float], late: tuple[int, float]) -> None:
    paid, seconds = len(result.paid), result.seconds
    halves = [sum(when < seconds / 2 for when in result.paid), sum(when >= seconds / 2 for when in result.paid)]
    placing, whole = sorted(result.placing), sorted(result.whole)
    rate = paid / seconds
    print(f"{paid} orders paid in {seconds:.1f} s: {rate:.1f} a second (first half {halves[0]}, second {halves[1]})")
    print(f"placing: median {_ms(placing, 50)}, p95 {_ms(placing, 95)}; placing to paid: median {_ms(whole, 50)}, "
          f"p95 {_ms(whole, 95)}")  # fmt: skip
    print(
        f"processor per order: {', '.join(f'{name} {1000 * cpu / max(paid, 1):.0f} ms' for name, cpu in used.items())}"
    )
    print(f"the worker had {late[0]} messages left and was through {late[1]:.1f} s later")
    for problem in result.failed[:5]:
        print("FAILED", problem)
    met = rate >= AIM and placing[int(len(placing) * 0.95)] <= SLOWEST_PLACING and not result.failed
    print(f"aim {AIM} a second, placing p95 below {SLOWEST_PLACING * 1000:.0f} ms: {'met' if met else 'MISSED'}")


def _ms(values: list[float], percent: int) -> str:
    return f"{1000 * values[min(len(values) - 1, len(values) * percent // 100)]:.0f} ms"


if __name__ == "__main__":
    main()
