"""One style sheet for the browser from one per component: `css/site.css`, joined where static files are looked for."""

import os
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/site.css"
# tokens.css comes first, it orders the layers; within a layer a later file wins.
SHEETS = (
    "tokens", "base", "layout", "header", "footer", "button", "chips", "facets", "picture", "card", "badge",
    "passport", "register", "product", "form", "messages", "story", "editorial", "basket", "checkout", "aftersale",
    "desk", "casework", "embed", "findings", "training", "application", "city_map", "selfcheck", "import",
    "studio_pictures", "studio_grid", "studio_today", "studio_insights", "studio_hours", "studio_picks", "util",
)  # fmt: skip


class StyleSheetFinder(BaseFinder):
    """Finds the joined sheet; it is written anew whenever a component's own file is newer."""

    def __init__(self, *args, **kwargs):
        self.storage = FileSystemStorage(location=settings.STYLESHEETS_ROOT)

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        if path != NAME:
            return [] if find_all else None
        found = str(self._joined())
        return [found] if find_all else found

    def list(self, ignore_patterns):
        self._joined()
        yield NAME, self.storage

    def _joined(self) -> Path:
        sources = [settings.BASE_DIR / "marketplace" / "static" / "css" / f"{name}.css" for name in SHEETS]
        target = Path(self.storage.path(NAME))
        if not target.exists() or target.stat().st_mtime_ns < max(path.stat().st_mtime_ns for path in sources):
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_suffix(f".{os.getpid()}")
            fresh.write_text("\n".join(path.read_text("utf-8") for path in sources), "utf-8")
            fresh.replace(target)
        return target
