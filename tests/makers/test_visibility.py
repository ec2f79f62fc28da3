"""The one list of what shoppers see agrees with what the public pages show."""

import html
from decimal import Decimal

import pytest

from certification.models import ProductionStep
from certification.services import applications
from makers.models import Workplace
from makers.services import edit_maker, save_workplace
from makers.stories.services import publish_maker_page
from makers.studio.forms import (
    DescribeForm,
    EvidenceForm,
    NoticeForm,
    ProductForm,
    SettingsForm,
    SignUpForm,
    StepForm,
    WorkplaceForm,
)
from makers.studio.visibility import PUBLIC, who_sees
from tests import factories

pytestmark = pytest.mark.django_db
# What is typed, in words that show nowhere else; choices and numbers that pages show in another form are left out.
MAKER = {
    "name": "Zanzu Atelier", "legal_name": "Zanzu Holdings LLC", "neighborhood": "Zelzah", "about": "We zigzag denim.",
    "email": "zorders@example.org", "phone": "213 555 0177",
}  # fmt: skip
WORKPLACE = {
    "name": "Zest Room", "line1": "1234 Zamora St", "line2": "Unit Zeta", "city": "Los Angeles", "zip_code": "90079",
    "register_account": "0009998887-0001-1", "garment_registration": "GREG-77123", "latitude": "34.043210",
    "longitude": "-118.256780",
}  # fmt: skip
CONTRACTOR = {"name": "Zinc Floor", "operated_by": "contractor", "contractor_name": "Zorro Sewing Co"}
STEP = {
    "elsewhere_place": "Zacatecas", "elsewhere_by": "Zumba Mill", "started_on": "2019-03-07", "cost_share": "13.37",
}  # fmt: skip
PRODUCT = {"title": "Zenith coat", "description": "Lined with zephyr.", "fibre_content": "zephyr 100", "care": "Zwash."}


@pytest.fixture
def public_pages(client):
    """The text of every public page that says something of the maker and its certified piece."""
    owner = factories.person()
    maker = factories.maker(owner, name=MAKER["name"], neighborhood=MAKER["neighborhood"], email=MAKER["email"])
    edit_maker(user=owner, maker=maker, **MAKER)
    place = save_workplace(user=owner, workplace=Workplace(maker=maker, coordinates_from="pin", **WORKPLACE))
    other = WORKPLACE | CONTRACTOR | {"line1": "77 Zurich Ave"}
    contractor = save_workplace(user=owner, workplace=Workplace(maker=maker, **other))
    piece = factories.product(maker, **PRODUCT)
    share = Decimal(STEP["cost_share"])
    steps = [
        ProductionStep(kind="material", cost_share=share, **{name: STEP[name] for name in list(STEP)[:3]}),
        ProductionStep(kind="sewing", workplace=contractor, cost_share=100 - share),
        ProductionStep(kind="finishing", workplace=place, cost_share=0),
    ]
    applications.save_steps(user=owner, product=piece, steps=steps)
    certificate = factories.certify(piece, claims=["assembled"])
    publish_maker_page(maker)
    number = certificate.number
    addresses = [
        f"/makers/{maker.slug}/", "/makers/", piece.get_absolute_url(), "/shop/", f"/verify/{number}/", "/register/",
        "/register.csv", f"/credentials/{number}.json", f"/badge/{number}.svg", "/sitemap.xml",
    ]  # fmt: skip
    return "\n".join(_text(client.get(address)) for address in addresses)


def _text(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()


def test_the_list_agrees_with_the_pages(public_pages):
    typed = [("maker", MAKER), ("workplace", WORKPLACE), ("step", STEP), ("product", PRODUCT)]
    typed.append(("workplace", {"contractor_name": CONTRACTOR["contractor_name"]}))
    for what, fields in typed:
        for name, value in fields.items():
            assert (value in public_pages) == (name in PUBLIC[what]), f"{what}.{name}"


FORMS = {
    "maker": [SignUpForm, SettingsForm], "workplace": [WorkplaceForm], "product": [ProductForm, DescribeForm],
    "notice": [NoticeForm],
}  # fmt: skip


@pytest.mark.parametrize(("what", "form"), [(what, form) for what, forms in FORMS.items() for form in forms])
def test_every_field_says_who_sees_it(what, form):
    _says(what, form())


def test_steps_say_who_sees_each_field():
    _says("step", StepForm(maker=factories.maker()))


def _says(what, form):
    for name, field in form.fields.items():
        if name not in ("near", "terms", "accepts"):
            assert str(who_sees(what, name)) in html.unescape(str(field.help_text)), name
    assert PUBLIC[what]


def test_the_lists_name_real_fields():
    known = {
        "maker": SignUpForm().fields.keys() | SettingsForm().fields.keys(),
        "workplace": WorkplaceForm().fields.keys(),
    }
    known |= {"product": ProductForm().fields, "step": StepForm(maker=factories.maker()).fields}
    for what, fields in known.items():
        assert set(PUBLIC[what]) <= set(fields), what
    assert not PUBLIC["evidence"]
    assert EvidenceForm(targets={}).fields
