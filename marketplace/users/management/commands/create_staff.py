"""`manage.py create_staff EMAIL --name NAME --group "Decision makers"`: an account that can sign in at once."""

from getpass import getpass

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from marketplace.users.models import User
from marketplace.users.services import create_staff


class Command(BaseCommand):
    help = "Create a staff account with a verified e-mail address; the second factor is set up at first sign-in."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--group", action="append", default=[])
        parser.add_argument("--superuser", action="store_true")

    def handle(self, *, email, name, group, superuser, **options):
        password = getpass("Password: ")
        try:
            validate_email(email)
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if User.objects.filter(email__iexact=email).exists():
            raise CommandError(f"{email} has an account already")
        unknown = set(group) - set(Group.objects.filter(name__in=group).values_list("name", flat=True))
        if unknown:
            raise CommandError(f"no such group: {', '.join(sorted(unknown))}")
        create_staff(email=email, password=password, name=name, groups=group, superuser=superuser)
        self.stdout.write(f"{email} can sign in at /account/login/")
