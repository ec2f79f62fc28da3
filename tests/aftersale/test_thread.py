"""Words between shopper and maker: who reads them, how many, and no e-mail address."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from marketplace.aftersale import returns, thread
from marketplace.aftersale.models import Message
from marketplace.core import outbox
from tests import factories

from .shop import access_of, asked, bookkeeper, owner, paid, ship, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(standin):
    return paid(standin, factories.certified_product(title="Indigo jacket"))


def say(part, words="Is it lined?"):
    return thread.write_as_shopper(access=access_of(part), part=part, text=words)


def reply(part, words="It is."):
    return thread.write_as_maker(user=owner(part), part=part, text=words)


def test_letters_carry_the_words_and_no_address_of_the_other(part):
    outbox.deliver()
    mail.outbox.clear()
    say(part)
    reply(part)
    outbox.deliver()
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert set(letters) == {part.maker.email, "sam@example.org"}
    assert "Is it lined?" in letters[part.maker.email].body
    assert "sam@example.org" not in letters[part.maker.email].body
    assert part.maker.email not in letters["sam@example.org"].body
    assert access_of(part).url("order_messages", part=part.pk) in letters["sam@example.org"].body


def test_strangers_write_nothing(standin, part):
    other = paid(standin, factories.certified_product())
    with pytest.raises(PermissionDenied):
        thread.write_as_shopper(access=access_of(other), part=part, text="x")
    for user in (owner(other), factories.person(), bookkeeper()):
        with pytest.raises(PermissionDenied):
            thread.write_as_maker(user=user, part=part, text="x")
    assert not Message.objects.exists()


@pytest.mark.parametrize("words", ["", "  \n", "x" * 2001])
def test_no_words_and_too_many_are_refused(part, words):
    with pytest.raises(ValidationError):
        say(part, words)


def test_twenty_an_hour_for_each_side(part):
    for number in range(20):
        say(part, f"{number}")
    with pytest.raises(ValidationError):
        say(part)
    reply(part)


def test_markup_is_words(client, part):
    say(part, "<script>alert(1)</script>")
    client.force_login(owner(part))
    shown = text(client.get(reverse("studio:order_messages", args=[part.pk])))
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;" in shown


def test_one_side_reports_the_other_and_not_itself(client, part):
    mine, theirs = say(part), reply(part)
    address = access_of(part).url("report_message", part=part.pk)
    for message in (mine, theirs):
        client.post(address, {"message": message.pk})
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.reported_at, theirs.reported_by) == (None, "shopper")
    assert client.post(address, {"message": "x"}).status_code == 404


def test_the_desk_reads_the_thread_only_once_it_is_asked(client, admin_code, part):
    ship(part)
    say(part, "A private word")
    item = asked(part)
    returns.decline(user=owner(part), item=item, answer="No.")
    admin_code(client, bookkeeper())
    page = reverse("returns:item", args=[item.pk])
    assert "A private word" not in text(client.get(page))
    returns.escalate(access=access_of(part), item=item, objection="Please look.")
    assert "A private word" in text(client.get(page))


def test_a_bank_gets_what_was_written(part):
    say(part, "It came in time.")
    reply(part, "Glad to hear.")
    words = thread.words_of(part.order)
    assert words.index("It came in time.") < words.index("Glad to hear.")
