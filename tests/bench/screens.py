"""Screenshots of the demo's main pages into var/screens/: phone and desk, light and dark, both languages."""

import shutil
import sys

from playwright.sync_api import sync_playwright

from .demo_pages import BASE, NOT_INDEXED, ROOT, demo_server, filled_bag, main_pages

SIZES = {"phone": (390, 844), "desk": (1440, 900)}
SCREENS = ROOT / "var" / "screens"


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("Screenshots need Chromium.")
    SCREENS.mkdir(parents=True, exist_ok=True)
    with demo_server(), sync_playwright() as playwright:
        pages = main_pages()
        cookie = filled_bag(pages["product"])
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for size, (width, height) in SIZES.items():
            for theme in ("light", "dark"):
                for language, prefix in (("en", ""), ("es", "/es")):
                    context = browser.new_context(
                        viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce"
                    )
                    for name, path in pages.items():
                        take(context, name, BASE + prefix + path, cookie, f"{name}-{size}-{theme}-{language}")
                    context.close()
        browser.close()
    print(f"{len(list(SCREENS.glob('*.png')))} pictures in {SCREENS.relative_to(ROOT)}/")


def take(context, name: str, address: str, cookie: str, file: str) -> None:
    page = context.new_page()
    if name in NOT_INDEXED:
        page.set_extra_http_headers({"Cookie": cookie})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.screenshot(path=SCREENS / f"{file}.png", full_page=True)
    page.close()
    if wide:
        print(f"{file} scrolls sideways")


if __name__ == "__main__":
    main()
