"""A maker is certified by two people, a guest buys the piece with another maker's and pays, both makers ship."""

import re
from datetime import timedelta

from django.core import mail

from catalog.order.models import MakerOrder, Order
from catalog.search.listing import refresh_listing
from certification.badge.badges import badge_for
from certification.models import Application, Certificate
from makers.models import Maker
from marketplace.core import clock
from marketplace.users.services import enrol_second_factor
from tests import factories

OUR_SHOP = {"name": "Our workshop", "line1": "110 E 9th St", "city": "Los Angeles", "zip": "90079"}
CUTTING_ROOM = {"name": "Cutting room", "line1": "860 S Los Angeles St", "city": "Los Angeles", "zip": "90014"}
VERNON = {"name": "Vernon floor", "line1": "4305 S Santa Fe Ave", "city": "Vernon", "zip": "90058"}
STEPS = (
    ("Concept", "Our workshop", 5), ("Pattern", "Our workshop", 5), ("Sample", "Our workshop", 10),
    ("Cutting", "Cutting room", 20), ("Sewing or linking", "Our workshop", 40), ("Finishing", "Vernon floor", 20),
)  # fmt: skip


def test_a_maker_is_certified_and_a_guest_buys_the_piece(someone, standin, deliver, tmp_path):
    other = factories.certified_product(title="Linen shirt", price="60.00")
    refresh_listing(other.pk)
    evaluator, decider = factories.evaluator(), factories.decider()
    secrets = {user: enrol_second_factor(user=user) for user in (evaluator, decider)}

    with someone(phone=True) as maker:
        sign_up(maker)
        for place in (OUR_SHOP, CUTTING_ROOM, VERNON):
            add_workplace(maker, place)
        describe_jacket(maker)
        describe_steps(maker)
        apply(maker, tmp_path)
    case = Application.objects.get(product__title="Flight jacket")
    assert case.status == "submitted"
    assert badge_for(case.product_id) is None

    with someone() as desk:
        sign_in_staff(desk, evaluator, secrets[evaluator])
        evaluate(desk, case)
    with someone() as desk:
        sign_in_staff(desk, decider, secrets[decider])
        decide(desk, case)
    certificate = Certificate.objects.get(application=case)
    assert certificate.claims == ["designed"], "finishing happens in Vernon, which is not the City"
    vernon = next(step for step in certificate.public_steps if step["kind"] == "finishing")
    assert vernon["inside"] is False
    deliver()
    assert any("is certified" in letter.body for letter in mail.outbox)

    with someone() as guest:
        order = buy(guest, "Flight jacket", other.title)
    deliver()
    assert order.status == "paid"
    assert any(
        order.number in letter.subject + letter.body for letter in mail.outbox if letter.to == ["gia@example.org"]
    )

    ana = Maker.objects.get(name="Ana Quiroz")
    with someone(phone=True) as maker:
        sign_in(maker, "ana@example.org", "a long enough password 7")
        ship(maker)
    with someone(phone=True) as maker:
        sign_in(maker, factories.owner_of(other.maker).email, factories.PASSWORD)
        ship(maker)
    assert set(MakerOrder.objects.filter(order=order).values_list("status", flat=True)) == {"shipped"}
    deliver()
    shipped = [letter for letter in mail.outbox if "9400100000000000000012" in letter.body]
    assert len(shipped) == 2
    assert ana.maker_orders.get().parcels.get().tracking_number


def sign_up(page):
    page.goto("/apply/")
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label(re.compile("^E-?mail")).fill("ana@example.org")
    page.get_by_label("Your name").fill("Ana Quiroz")
    page.get_by_label("Password", exact=True).fill("a long enough password 7")
    page.get_by_role("button", name="Create").click()
    page.wait_for_url("**/confirm-email/")
    link = re.search(r"http\S+/confirm-email/\S+", mail.outbox[-1].body)[0]
    page.goto("/" + link.split("/", 3)[3])
    page.get_by_role("button", name="Confirm").click()
    if "/login/" in page.url or "login" in page.url:
        sign_in(page, "ana@example.org", "a long enough password 7")
    page.goto("/apply/")
    page.get_by_label("shop name").fill("Ana Quiroz")
    page.get_by_label("legal name").fill("Ana Quiroz LLC")
    page.get_by_label("neighborhood").fill("Downtown")
    page.get_by_label("I accept the terms for makers").check()
    page.get_by_role("button", name="Open my studio").click()
    page.get_by_role("heading", name="Today").wait_for()


def sign_in(page, email, password):
    page.goto("/account/login/")
    page.get_by_label(re.compile("^E-?mail")).fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.click("main form:has([name=password]) button[type=submit]")
    page.wait_for_url(lambda url: "/account/login/" not in url)


def sign_in_staff(page, user, secret, leads_to="**/review/"):
    sign_in(page, user.email, factories.PASSWORD)
    page.get_by_label("code").first.fill(factories.one_time_code(secret))
    page.locator("main").get_by_role("button").first.click()
    page.wait_for_url(leads_to)


def add_workplace(page, place):
    page.goto("/studio/workplaces/new/")
    page.get_by_label("what you call it").fill(place["name"])
    page.get_by_label("street address").fill(place["line1"])
    page.get_by_label("City", exact=True).fill(place["city"])
    page.get_by_label("ZIP code").fill(place["zip"])
    page.get_by_label("I work here alone").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name=place["name"]).wait_for()


def describe_jacket(page):
    page.goto("/studio/products/new/")
    page.get_by_label("Name of the piece").fill("Flight jacket")
    page.locator("#id_description").fill("Satin, boxy, six people sew it.")
    page.get_by_label("kind of product").select_option("garment")
    page.get_by_label("origin of the textile").select_option("both")
    page.get_by_label("fiber content").fill("100% cotton")
    page.get_by_label("Category").select_option(index=1)
    page.get_by_role("button", name="M", exact=True).click()
    page.locator("[data-new=color]").fill("Navy")
    page.locator("[data-add=color]").click()
    page.get_by_label("Price, $ M, Navy").fill("248.00")
    page.get_by_label("In stock M, Navy").fill("2")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").first.wait_for()


def describe_steps(page):
    page.get_by_role("link", name="Production steps").click()
    since = (clock.today() - timedelta(days=90)).isoformat()
    for number, (kind, place, share) in enumerate(STEPS):
        row = page.locator("fieldset.panel").nth(number)
        row.locator("select[name$=kind]").select_option(label=kind)
        places = row.locator("select[name$=workplace]")
        label = next(option for option in places.locator("option").all_inner_texts() if option.startswith(place))
        places.select_option(label=label)
        row.locator("input[type=date]").fill(since)
        row.locator("input[name$=cost_share]").fill(str(share))
        last = number == len(STEPS) - 1
        page.get_by_role("button", name="Save and go on" if last else "Save and add a step").click()
        page.get_by_text("The steps are saved.").wait_for()


def apply(page, folder):
    page.get_by_label("Designed in Los Angeles").check()
    page.get_by_label("Manufactured in Los Angeles").check()
    page.get_by_role("button", name="Go on").click()
    for number, (kind, _place, _share) in enumerate(STEPS):
        add_file(page, folder, number, "Photo of the workplace", kind)
    for number, place in enumerate(("Our workshop", "Cutting room", "Vernon floor"), start=len(STEPS)):
        add_file(page, folder, number, "City business tax certificate", place)
    page.get_by_text("outside the City of Los Angeles").first.wait_for()
    page.get_by_role("button", name="Hand the application in").click()
    page.get_by_text("Handed in.").wait_for()


def add_file(page, folder, number, kind, about):
    path = folder / f"file-{number}.jpg"
    path.write_bytes(factories.photo().read())
    card = page.locator(".stops > li").filter(has=page.get_by_role("heading", name=re.compile(rf"^(\d+\. )?{about}$")))
    card.locator("summary").click()
    card.get_by_label("What it is").select_option(label=kind)
    card.locator("input[name=file]").set_input_files(path)
    card.get_by_role("button", name="Add the file").click()
    page.get_by_text("The file is here.").wait_for()


def evaluate(page, case):
    page.get_by_role("link", name=str(case)).click()
    page.get_by_role("button", name="Start the evaluation").click()
    accept_everything(page)
    for number in range(3):
        panel = page.locator("form[action*='/workplace/']").nth(number)
        inside = "no" if "Vernon" in panel.locator("xpath=..").inner_text() else "yes"
        panel.get_by_label("In the City of Los Angeles").select_option(inside)
        panel.get_by_label("Business record accepted").select_option("yes")
        panel.get_by_label("What you saw, and where").fill("On the City's map and on the certificate.")
        panel.get_by_role("button", name="Put on record").click()
        page.get_by_text("The workplace check is on record.").wait_for()
    panel = page.locator("form[action$='/recommend/']")
    panel.get_by_label("Grant").check()
    panel.get_by_label("Reasons in words").fill("Design is in the City; finishing is not.")
    panel.get_by_role("button", name="Recommend").click()
    page.get_by_text("Not every finding is settled").first.wait_for()
    panel.get_by_label("Manufactured in Los Angeles").uncheck()
    assert panel.get_by_label("Reasons in words").input_value().startswith("Design is"), "nothing typed is lost"
    panel.get_by_role("button", name="Recommend").click()
    page.get_by_text("Choose at least one reason").first.wait_for()
    panel.get_by_label("done outside the City").check()
    panel.get_by_role("button", name="Recommend").click()
    page.get_by_text("Someone else decides now.").wait_for()


def accept_everything(page):
    """With the keyboard, as the viewer says: A accepts, and the next file that waits comes up."""
    while page.get_by_role("button", name="Accept", exact=True).count():
        page.locator(".viewer-picture").focus()
        page.keyboard.press("a")
        page.get_by_text("Noted.").wait_for()


def decide(page, case):
    page.get_by_role("link", name=str(case)).click()
    panel = page.locator("form[action$='/decide/']")
    panel.get_by_label("Grant").check()
    panel.get_by_label("Reasons in words").fill("As recommended.")
    panel.get_by_role("button", name="Decide").click()
    page.get_by_text("The maker is told.").wait_for()


def buy(page, *titles) -> Order:
    for title in titles:
        page.goto("/shop/")
        card = page.locator("article, .card").filter(has_text=title).first
        card.locator(".seam").wait_for()
        page.get_by_role("link", name=title).first.click()
        size = page.get_by_label("M", exact=True)
        if size.count():
            size.check(force=True)
        page.get_by_role("button", name="Add to bag").click()
        page.get_by_role("dialog", name="Your bag").get_by_text(title).first.wait_for()
    page.get_by_role("link", name="Check out").click()
    fields = {
        "email": "gia@example.org", "name": "Gia Guest", "line1": "200 N Spring St", "city": "Los Angeles",
        "zip_code": "90012",
    }  # fmt: skip
    for name, value in fields.items():
        page.locator(f"#id_{name}").fill(value)
    page.locator("#id_state").select_option("CA")
    page.get_by_role("button", name="Go on to delivery").click()
    page.get_by_role("button", name="Go on to payment").click()
    page.get_by_label("Card number").fill("4000 0027 6000 3184")
    page.get_by_label("Expires").fill("12 / 40")
    page.get_by_label("Security code").fill("123")
    page.get_by_label("ZIP code").fill("90012")
    page.get_by_role("button", name="Pay $").click()
    page.get_by_role("button", name="Complete").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    return Order.objects.get()


def ship(page):
    page.goto("/studio/orders/")
    page.locator("main").get_by_role("link", name=re.compile("LA-")).first.click()
    carrier = page.locator("[name=carrier]")
    if carrier.evaluate("node => node.tagName") == "SELECT":
        carrier.select_option(index=1)
    else:
        carrier.fill("USPS")
    page.locator("[name=tracking_number]").fill("9400100000000000000012")
    page.get_by_role("button", name=re.compile("[Ss]hip")).last.click()
    page.get_by_text(re.compile("[Ss]hipped")).first.wait_for()
