"""The application in the maker's hands: steps with files beneath, lines, typing that is never lost."""

import pytest
from django.core.exceptions import PermissionDenied

from catalog.catalogue.services import describe_product, edit_description
from certification.badge.badges import badges_for
from certification.models import Certificate, CertifiedProduct, Evidence, LineMember, ProductionStep
from certification.selectors import unchanged
from certification.services import applications as service
from certification.services.lines import set_line
from makers.models import FormDraft, Workplace
from makers.services import keep_draft
from tests import factories
from tests.access import signed_in

pytestmark = pytest.mark.django_db
AUTOSAVE = {"X-Autosave": "1"}


@pytest.fixture
def maker():
    return factories.maker(name="Ana Quiroz")


@pytest.fixture
def studio(client, maker):
    client.force_login(factories.owner_of(maker))
    return client


@pytest.fixture
def draft(maker):
    piece = factories.product(maker, title="Jacket")
    factories.steps(piece)
    return service.start_application(user=factories.owner_of(maker), product=piece, claims=["assembled"])


def step(case, kind="sewing"):
    return case.product.production_steps.get(kind=kind)


def test_a_file_is_added_beneath_its_step(studio, draft):
    sewing = step(draft)
    form = {"about": f"step-{sewing.pk}", "kind": "photo", "photo": factories.photo()}
    response = studio.post(f"/studio/applications/{draft.pk}/evidence/", form)
    assert response.url == f"/studio/applications/{draft.pk}/#step-{sewing.pk}"
    assert Evidence.objects.get().step == sewing
    page = studio.get(response.url).content.decode()
    card = page.split(f'id="step-{sewing.pk}"')[1].split("</li>")[0]
    assert "photo.jpg" in card
    assert 'capture="environment"' in page


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"kind": "photo"}, "Choose a file or take a photo"),
        ({"kind": "site_visit", "file": True}, "Select a valid choice"),
        ({"kind": "photo", "about": "step-999999", "file": True}, "Select a valid choice"),
    ],
)
def test_a_bad_file_is_refused_at_its_card(studio, draft, form, message):
    data = {"about": f"step-{step(draft).pk}"} | form | ({"file": factories.photo()} if form.get("file") else {})
    response = studio.post(f"/studio/applications/{draft.pk}/evidence/", data)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Evidence.objects.exists()


def test_a_step_of_another_maker_is_no_target(studio, draft):
    foreign = factories.application(factories.product())
    before = Evidence.objects.count()
    form = {"about": f"step-{step(foreign).pk}", "kind": "photo", "file": factories.photo()}
    assert studio.post(f"/studio/applications/{draft.pk}/evidence/", form).status_code == 422
    assert studio.post(f"/studio/applications/{foreign.pk}/evidence/", form).status_code == 404
    assert Evidence.objects.count() == before


def test_the_meter_says_what_is_missing_with_links(studio, draft):
    page = studio.get(f"/studio/applications/{draft.pk}/").content.decode()
    assert "<meter" in page
    assert "2 of 5 are here: 40%" in page, "claim and exemption are; two files and the record are not"
    assert f'href="#step-{step(draft).pk}"' in page


def rows(*steps, order=None, **changes):
    """The steps' form as the page posts it."""
    form = {"step-TOTAL_FORMS": str(len(steps)), "step-INITIAL_FORMS": str(sum(bool(row.pk) for row in steps))}
    for number, row in enumerate(steps):
        form |= {
            f"step-{number}-id": row.pk or "", f"step-{number}-kind": row.kind,
            f"step-{number}-workplace": row.workplace_id or "", f"step-{number}-cost_share": str(row.cost_share),
            f"step-{number}-elsewhere_place": row.elsewhere_place,
            f"step-{number}-ORDER": str((order or range(1, 99))[number]),
        }  # fmt: skip
    return form | changes


def kinds(case):
    return list(case.product.production_steps.values_list("kind", flat=True))


def address(case):
    return f"/studio/products/{case.product_id}/steps/"


def test_steps_are_moved_without_dragging_and_nothing_typed_is_lost(studio, draft):
    six = list(draft.product.production_steps.all())
    typed = rows(*six, **{"step-5-cost_share": "a fifth"})
    response = studio.post(address(draft), typed | {"move": "step-5-up"})
    assert response.url == address(draft) + "#step-5"
    page = studio.get(address(draft)).content.decode()
    assert page.index('id="step-5"') < page.index('id="step-4"')
    assert "a fifth" in page
    assert kinds(draft)[-1] == "finishing", "nothing is saved before the button"
    moved = FormDraft.objects.get().data
    studio.post(address(draft), moved | {"step-5-cost_share": "20", "next": "done"})
    assert kinds(draft)[-2:] == ["finishing", "sewing"]
    assert not FormDraft.objects.exists()


def test_typing_saves_itself_where_it_is_right(studio, draft):
    six = list(draft.product.production_steps.all())
    packing = ProductionStep(kind="packing", workplace=six[0].workplace, cost_share=0)
    answer = studio.post(address(draft), rows(*six, packing), headers=AUTOSAVE).json()
    assert kinds(draft)[-1] == "packing"
    again = rows(*six, packing) | answer["fields"]
    studio.post(address(draft), again, headers=AUTOSAVE)
    assert kinds(draft).count("packing") == 1, "the page has learned the number of the new row"


def test_typing_that_is_wrong_is_kept_as_it_is(studio, draft):
    six = list(draft.product.production_steps.all())
    answer = studio.post(address(draft), rows(*six, **{"step-0-started_on": "soon"}), headers=AUTOSAVE)
    assert answer.json()["saved"]
    page = studio.get(address(draft))
    assert page.status_code == 200
    assert 'value="soon"' in page.content.decode()
    assert "not saved yet" in page.content.decode()
    assert "not saved yet" in studio.get(f"/studio/applications/{draft.pk}/").content.decode()
    studio.post(address(draft) + "forget/")
    assert 'value="soon"' not in studio.get(address(draft)).content.decode()


def test_steps_of_a_certified_piece_change_by_the_button_alone(studio, maker):
    piece = factories.certified_product(maker)
    case = piece.applications.get()
    six = list(piece.production_steps.all())
    studio.post(address(case), rows(*six, **{"step-0-cost_share": "6"}), headers=AUTOSAVE)
    assert badges_for([piece.pk]), "typing ends no badge"
    assert FormDraft.objects.exists()


@pytest.mark.parametrize("path", ["workplaces/new/", "products/new/", "products/describe/"])
def test_other_long_forms_are_kept_too(studio, path):
    studio.post(f"/studio/{path}", {"name": "Fitting room", "title": "Fitting room"}, headers=AUTOSAVE)
    page = studio.get(f"/studio/{path}").content.decode()
    assert 'value="Fitting room"' in page
    assert not Workplace.objects.exists()
    studio.post(f"/studio/typed/{FormDraft.objects.get().form}/forget/")
    assert "Fitting room" not in studio.get(f"/studio/{path}").content.decode()


def test_strangers_keep_nothing_in_a_makers_forms(client, maker, draft):
    client.force_login(factories.owner_of(factories.maker()))
    assert client.post(address(draft), {}, headers=AUTOSAVE).status_code == 404
    with pytest.raises(PermissionDenied):
        keep_draft(user=factories.person(), maker=maker, form="steps:1", data={})
    assert not FormDraft.objects.exists()


def test_a_line_is_chosen_and_certified_with_its_lead(studio, maker, draft):
    twin = factories.product(maker, title="Jacket in linen")
    hat = factories.product(maker, title="Cap", kind="hat")
    page = studio.get(f"/studio/applications/{draft.pk}/").content.decode()
    assert f'value="{twin.pk}"' in page
    assert f'name="products" value="{hat.pk}"' not in page, "another kind needs other steps"
    studio.post(f"/studio/applications/{draft.pk}/line/", {"products": [twin.pk]})
    assert LineMember.objects.get().product == twin
    assert "Jacket in linen" in studio.get(address(draft)).content.decode()
    refused = studio.post(f"/studio/applications/{draft.pk}/line/", {"products": [hat.pk]})
    assert refused.status_code == 422
    assert LineMember.objects.get().product == twin


def test_a_renamed_member_of_a_line_loses_its_own_badge_only(maker):
    owner = factories.owner_of(maker)
    words = {"kind": "garment", "description": "Warm."}
    lead = describe_product(user=owner, maker=maker, title="Coat", **words)
    twin = describe_product(user=owner, maker=maker, title="Coat in navy", **words)
    other = describe_product(user=owner, maker=maker, title="Coat in rust", **words)
    set_line(user=owner, lead=lead, products=[twin, other])
    factories.certify(lead)
    assert CertifiedProduct.objects.count() == 3
    assert set(badges_for([lead.pk, twin.pk, other.pk])) == {lead.pk, twin.pk, other.pk}
    edit_description(user=owner, product=twin, title="Coat in sky")
    assert set(badges_for([lead.pk, twin.pk, other.pk])) == {lead.pk, other.pk}
    assert unchanged(Certificate.objects.all()), "the certificate itself stands"


def test_staff_who_file_work_on_the_same_screens(client, maker):
    piece = factories.product(maker)
    clerk = factories.evaluator()
    case = service.start_application(user=clerk, product=piece, claims=["assembled"])
    place = factories.workplace(maker)
    staff = signed_in(clerk, second_factor=True)
    new = ProductionStep(kind="sewing", workplace=place, cost_share=100)
    assert staff.post(address(case), rows(new) | {"next": "done"}).status_code == 302
    form = {"about": f"step-{step(case).pk}", "kind": "photo", "file": factories.photo()}
    assert staff.post(f"/studio/applications/{case.pk}/evidence/", form).status_code == 302
    assert (
        staff.post(address(case), rows(step(case), **{"step-0-cost_share": "x"}), headers=AUTOSAVE).status_code == 200
    )
    assert staff.get(address(case)).status_code == 200
    assert staff.get(f"/studio/applications/{case.pk}/").status_code == 200
    twin = factories.product(maker)
    assert staff.post(f"/studio/applications/{case.pk}/line/", {"products": [twin.pk]}).status_code == 302
    own = factories.application(factories.product(maker))
    assert staff.get(f"/studio/applications/{own.pk}/").status_code == 404, "not what the maker does itself"


def test_staff_file_for_a_maker_who_sells_nothing_here(client, maker):
    clerk = signed_in(factories.evaluator(), second_factor=True)
    assert "Ana Quiroz" in clerk.get("/studio/assisted/?q=quiroz").content.decode()
    form = {"title": "Work coat", "kind": "garment", "description": "Lined.", "claims": ["assembled"]}
    assert clerk.post(f"/studio/assisted/{maker.pk}/", form | {"claims": []}).status_code == 422
    assert not maker.products.exists()
    response = clerk.post(f"/studio/assisted/{maker.pk}/", form)
    case = maker.applications.get()
    assert (case.filed_by_staff, case.product.is_public) == (True, False)
    assert response.url == address(case)
    place = {"name": "Shop", "operated_by": "own", "line1": "110 E 9th St", "city": "Los Angeles", "zip_code": "90079"}
    new = f"/studio/products/{case.product_id}/workplaces/new/"
    clerk.post(new, place | {"state": "CA"}, headers=AUTOSAVE)
    assert not maker.workplaces.exists(), "typing makes no workplace"
    assert 'value="110 E 9th St"' in clerk.get(new).content.decode()
    assert clerk.post(new, place | {"state": "CA"}).url == address(case)
    row = ProductionStep(kind="sewing", workplace=maker.workplaces.get(), cost_share=100)
    assert clerk.post(address(case), rows(row) | {"next": "done"}).status_code == 302
    for stranger in (factories.owner_of(factories.maker()), factories.decider()):
        other = signed_in(stranger, second_factor=stranger.is_staff)
        assert other.get("/studio/assisted/").status_code == 404
        assert other.post(f"/studio/assisted/{maker.pk}/", form).status_code == 404
        assert other.post(new, place).status_code == 404
