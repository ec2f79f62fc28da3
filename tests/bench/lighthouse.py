"""Lighthouse (mobile preset) on the main pages of the demo: a table, and each report in var/lighthouse/.

Needs Node with npx, and Chromium. LANGUAGE=es looks at the Spanish pages.
"""

import json
import os
import shutil
import subprocess
import sys

from .demo_pages import BASE, NOT_INDEXED, ROOT, demo_server, filled_bag, main_pages

VERSION = "lighthouse@12"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
TRIES = 3
REPORTS = ROOT / "var" / "lighthouse"


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not (chromium and shutil.which("npx")):
        sys.exit("Lighthouse needs npx and Chromium.")
    REPORTS.mkdir(parents=True, exist_ok=True)
    prefix = "/es" if os.environ.get("LANGUAGE", "").startswith("es") else ""
    with demo_server():
        pages = main_pages()
        cookie = filled_bag(pages["product"])
        print(f"{'page':10} {'perf':>5} {'a11y':>5} {'best':>5} {'seo':>5}   LCP, CLS, blocking; kB sent")
        low = [name for name, path in pages.items() if not measured(name, prefix + path, cookie, chromium)]
    print("Below the aim: " + (", ".join(low) or "none"))


def measured(name: str, path: str, cookie: str, chromium: str) -> bool:
    """Measure one page and print its line; whether it reaches the aim."""
    report = REPORTS / f"{name}.json"
    headers = json.dumps({"Cookie": cookie}) if name in NOT_INDEXED else "{}"
    command = [
        "npx", "--yes", VERSION, BASE + path, "--quiet", "--output=json", "--output=html",
        f"--output-path={report.with_suffix('')}", f"--extra-headers={headers}",
        f"--only-categories={','.join(CATEGORIES)}", "--chrome-flags=--headless --no-sandbox --disable-gpu",
    ]  # fmt: skip
    run_lighthouse(command, chromium)
    found = json.loads(report.with_name(f"{name}.report.json").read_text("utf-8"))
    scores = {key: round((found["categories"][key]["score"] or 0) * 100) for key in CATEGORIES}
    audits = found["audits"]
    times = ", ".join(
        audits[key].get("displayValue", "?")
        for key in ("largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time")
    )
    sent = audits["total-byte-weight"]["numericValue"] / 1000
    print(f"{name:10} " + " ".join(f"{scores[key]:5}" for key in CATEGORIES) + f"   {times}; {sent:.0f}", flush=True)
    return all(score >= LEAST[key] for key, score in scores.items() if key != "seo" or name not in NOT_INDEXED)


def run_lighthouse(command: list[str], chromium: str) -> None:
    """Chromium sometimes loses the start of a trace; Lighthouse then asks to be run again."""
    for left in reversed(range(TRIES)):
        run = subprocess.run(command, check=False, env=os.environ | {"CHROME_PATH": chromium}, stderr=subprocess.PIPE)
        if not run.returncode:
            return
        if not left or b"run Lighthouse again" not in run.stderr:
            sys.exit(f"Lighthouse gave up.\n{run.stderr.decode(errors='replace')[-2000:]}")


if __name__ == "__main__":
    main()
