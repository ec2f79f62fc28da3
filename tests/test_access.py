"""One table for every address, role and method; a new page that is not in it fails here."""

import csv

import pytest
from django.urls import reverse

from marketplace.users.services import enrol_second_factor
from tests import access, factories

pytestmark = pytest.mark.django_db
HEADER = ["address", "method", *access.ROLES]


@pytest.fixture
def world(standin):
    return access.make_world()


def test_every_address_answers_as_the_table_says(world, request):
    answers = [[name, method, *row] for name, method, row in access.ask_all(world)]
    if request.config.getoption("--write-access"):
        with access.TABLE.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([HEADER, *answers])
    with access.TABLE.open(encoding="utf-8") as file:
        expected = list(csv.reader(file))
    assert expected[0] == HEADER
    assert {tuple(row[:2]) for row in answers} == {tuple(row[:2]) for row in expected[1:]}
    wrong = [(row, known) for row, known in zip(answers, expected[1:], strict=True) if row != known]
    assert wrong == []
    assert not [row for row in answers if any(answer.startswith("5") for answer in row)]


@pytest.mark.parametrize("path", ["/cms/", "/admin/", "/cms/pages/", "/admin/users/user/"])
def test_staff_tools_are_for_staff_with_a_second_factor(world, path):
    answers = {role: world.clients[role].get(path) for role in access.ROLES}
    assert answers["visitor"].url.startswith("/account/login/")
    for role in ("shopper", "owner", "other maker"):
        assert answers[role].status_code == 404, role
    assert answers["staff without code"].url.startswith("/account/2fa/")


def test_staff_who_write_no_stories_are_told_so_and_not_led_in_circles(world):
    assert world.clients["evaluator"].get("/cms/pages/").status_code == 403


DOORS = [
    "/cms/login/", "/admin/login/", "/_util/login/", "/es/_util/login/", "/customer/login/",
    "/customer/register/", "/cms/password_reset/",
]  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_every_other_door_leads_to_the_one(client, door):
    user = factories.staff("Evaluators")
    for response in (client.get(door), client.post(door, {"username": user.email, "password": factories.PASSWORD})):
        assert response.status_code == 302
        path = response.url.removeprefix("/es")
        assert path.startswith(("/account/login/", "/account/signup/", "/account/password/reset/"))
    assert "_auth_user_id" not in client.session


def test_a_password_alone_opens_no_staff_page(client):
    """The one door asks staff with a second factor for the code; those without one must set it up first."""
    plain, guarded = factories.staff("Evaluators"), factories.staff("Evaluators")
    enrol_second_factor(user=guarded)
    for user in (plain, guarded):
        client.logout()
        client.post("/account/login/", {"login": user.email, "password": factories.PASSWORD})
        for path in ("/review/", "/cms/", "/admin/", "/dashboard/", "/account/", "/studio/", "/"):
            answer = client.get(path)
            if user == guarded and "_auth_user_id" not in client.session:
                continue  # not signed in at all until the code is given
            assert answer.status_code == 302, path
            assert "/2fa/" in answer.url, path
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "after", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_doors_forward_to_our_own_pages_alone(client, after):
    assert "evil" not in client.get("/cms/login/", {"next": after}).url
    assert "javascript" not in client.get("/cms/login/", {"next": after}).url


def test_a_number_beyond_the_database_is_no_error(world):
    """Every address that takes a number, asked for one of thirty digits."""
    wrong = []
    for name, args in world.args.items():
        huge = {key: 10**30 if isinstance(value, int) else value for key, value in args.items()}
        if huge == args:
            continue
        for role in ("visitor", "owner", "evaluator"):
            for send in (world.clients[role].get, world.clients[role].post):
                status = send(reverse(name, kwargs=huge)).status_code
                wrong += [(name, role, status)] if status >= 500 or status == 200 else []
    assert wrong == []
