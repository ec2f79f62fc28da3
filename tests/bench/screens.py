"""Pictures of the demo's pages, a maker's too, in var/screens/: phone and desk, light and dark, both languages."""

import shutil
import sys

from playwright.sync_api import sync_playwright

from . import demo_pages as demo
from .demo_pages import ANA, BASE, NOT_INDEXED, ROOT

SIZES = {"phone": (390, 844), "desk": (1440, 900)}
SCREENS = ROOT / "var" / "screens"


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("Screenshots need Chromium.")
    SCREENS.mkdir(parents=True, exist_ok=True)
    with demo.demo_server(), sync_playwright() as playwright:
        pages = {name: (path, "") for name, path in (demo.main_pages() | demo.told_pages()).items()}
        bag, ana = demo.filled_bag(pages["product"][0]), demo.signed_in(ANA)
        pages |= {name: (pages[name][0], bag) for name in NOT_INDEXED}
        pages |= {name: (path, ana) for name, path in demo.makers_pages(ana).items()}
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for size, (width, height) in SIZES.items():
            for theme in ("light", "dark"):
                for language, prefix in (("en", ""), ("es", "/es")):
                    context = browser.new_context(
                        viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce"
                    )
                    for name, (path, cookies) in pages.items():
                        be(context, cookies)
                        take(context, BASE + prefix + path, f"{name}-{size}-{theme}-{language}")
                    context.close()
        browser.close()
    print(f"{len(list(SCREENS.glob('*.png')))} pictures in {SCREENS.relative_to(ROOT)}/")


def be(context, cookies: str) -> None:
    """Whoever has these cookies, and nobody before."""
    context.clear_cookies()
    pairs = [pair.split("=", 1) for pair in cookies.split("; ") if pair]
    context.add_cookies([{"name": name, "value": value, "url": BASE} for name, value in pairs])


def take(context, address: str, file: str) -> None:
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    # As high as the page: what sticks to the lower edge of a window would else lie across the picture.
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
    page.screenshot(path=SCREENS / f"{file}.png", full_page=True)
    page.close()
    if wide:
        print(f"{file} scrolls sideways")


if __name__ == "__main__":
    main()
