"""Imports point one way, Stripe has one door, a status has one writer (docs/decisions/0001)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("marketplace", "makers", "catalog", "certification")
LAYERS = {
    "marketplace.core": 1, "marketplace.users": 1, "marketplace.pictures": 1,
    "makers": 2, "marketplace.terms": 2,
    "catalog": 3, "catalog.partner": 3, "catalog.catalogue": 3,
    "catalog.order": 4, "catalog.basket.models": 4,
    "certification": 5,
    "marketplace.payments": 6, "marketplace.tax": 6, "catalog.shipping": 6,
    "marketplace.fulfilment": 7, "marketplace.aftersale": 7, "marketplace.mail": 7, "catalog.search": 7,
    "certification.badge": 7,
    "catalog.basket": 8, "catalog.checkout": 8, "makers.stories": 8, "makers.studio": 8, "makers.training": 8,
    "certification.review": 8,
    "certification.register": 8, "certification.mark": 8, "certification.credentials": 8,
    "certification.evidence_urls": 8, "marketplace.account": 8,
    "marketplace.operations": 8, "marketplace.api": 8, "marketplace.feeds": 8, "marketplace.sitemap": 8,
    "marketplace.payments.webhooks": 8, "marketplace.imports": 8, "marketplace.insights": 8,
    "marketplace.aftersale.desk": 8, "marketplace.aftersale.desk_urls": 8, "marketplace.books": 8,
    "marketplace.shopdesk": 8,
    "marketplace.privacy": 8, "marketplace.help": 8,
    "marketplace.wishes": 7, "marketplace.wishes.views": 8,
    "marketplace.duties": 7, "marketplace.duties.forms": 8, "marketplace.duties.studio": 8,
    "marketplace.duties.studio_urls": 8, "marketplace.duties.desk": 8, "marketplace.duties.desk_urls": 8,
    "marketplace.duties.reporting": 8, "marketplace.duties.pages": 8, "marketplace.duties.terms_urls": 8,
    "marketplace.tax.forms": 8, "marketplace.tax.views": 8, "marketplace.tax.urls": 8,
    "marketplace.backup": 9, "marketplace.demo": 9,
    "marketplace.settings": 10, "marketplace.urls": 10, "marketplace.wsgi": 10, "marketplace": 10,
}  # fmt: skip
# Where an app is wired to its addresses, it names its own screens.
WIRING = ("apps.py",)
FORKS = tuple(
    f"catalog/{name}/" for name in ("catalogue", "partner", "order", "basket", "checkout", "shipping", "search")
)
STATUS_WRITERS = (
    "certification/workflow.py",
    "catalog/order/workflow.py",
    "makers/training/workflow.py",
    "marketplace/aftersale/workflow.py",
    "marketplace/duties/workflow.py",
)


def modules() -> list[Path]:
    found = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def layer(dotted: str) -> int | None:
    """The layer of the longest package name that `dotted` begins with."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        if number := LAYERS.get(".".join(parts[:length])):
            return number
    return None


def dotted_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> list[tuple[int, str]]:
    """(line, dotted name) of everything a module imports, relative imports made absolute."""
    own = dotted_name(path).split(".")
    package = own if path.name == "__init__.py" else own[:-1]
    names = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [(node.lineno, item.name) for item in node.names]
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            names += [(node.lineno, f"{source}.{item.name}") for item in node.names]
    return names


def test_every_module_has_a_layer():
    assert [str(path) for path in modules() if layer(dotted_name(path)) is None] == []


def test_no_import_points_down():
    wrong = []
    for path in modules():
        if path.name in WIRING:
            continue
        here = layer(dotted_name(path))
        wrong += [
            f"{path.relative_to(ROOT)}:{line} imports {name}"
            for line, name in imported(path)
            if name.split(".")[0] in PACKAGES and (layer(name) or 0) > here
        ]
    assert wrong == []


def test_the_catalogue_never_imports_certification():
    files = (ROOT / "catalog" / "catalogue").rglob("*.py")
    assert [path for path in files for _line, name in imported(path) if name.startswith("certification")] == []


def test_the_rules_know_neither_database_nor_django():
    for path in (ROOT / "certification" / "rules").glob("*.py"):
        for _line, name in imported(path):
            assert not name.startswith(("django", "certification.models")), path


def test_only_the_gateway_imports_stripe():
    users = {
        str(path.relative_to(ROOT))
        for path in modules()
        for _line, name in imported(path)
        if name.split(".")[0] == "stripe"
    }
    assert {str(Path(user).parent) for user in users} == {"marketplace/payments/gateway"}


def test_get_class_stays_in_the_forks():
    wrong = [
        str(path.relative_to(ROOT))
        for path in modules()
        for _line, name in imported(path)
        if name in ("oscar.core.loading.get_class", "oscar.core.loading.get_classes")
        and not str(path.relative_to(ROOT)).startswith(FORKS)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "package", ["certification", "catalog", "makers", "marketplace/aftersale", "marketplace/duties"]
)
def test_a_status_is_written_by_a_workflow_alone(package):
    wrong = []
    for path in modules():
        name = str(path.relative_to(ROOT))
        if not name.startswith(package) or name in STATUS_WRITERS:
            continue
        wrong += [
            f"{name}:{node.lineno}" for node in ast.walk(ast.parse(path.read_text("utf-8"))) if _writes_status(node)
        ]
    assert wrong == []


def _writes_status(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Attribute) and target.attr == "status" for target in node.targets)
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("update", "set_status")
    ):
        return node.func.attr == "set_status" or any(word.arg == "status" for word in node.keywords)
    return False


def test_no_module_is_longer_than_400_lines():
    long = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert {name: count for name, count in long.items() if count > 400} == {}


def test_every_module_says_what_it_is_for():
    silent = [
        str(path.relative_to(ROOT))
        for path in modules()
        if path.read_text("utf-8").strip()
        and path.name not in ("apps.py", "admin.py", "urls.py", "apply_urls.py", "models.py", "wsgi.py")
        and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []
