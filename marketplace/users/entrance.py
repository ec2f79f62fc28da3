"""Forms of allauth with our words; the label above a field is enough, so they have no placeholders."""

from allauth.account import forms as allauth_forms
from allauth.mfa.base import forms as mfa_forms
from django.utils.translation import gettext_lazy as _


class WithoutPlaceholders:
    """A placeholder that repeats the label reads like an answer already given."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        for name in {"login", "email"} & set(self.fields):
            self.fields[name].label = _("E-mail")


class LoginForm(WithoutPlaceholders, allauth_forms.LoginForm):
    """Sign-in."""


class SignupForm(WithoutPlaceholders, allauth_forms.SignupForm):
    """Sign-up; the rules of a password in one sentence."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _(
            "At least 10 characters, not only digits, nothing common, and unlike your name and e-mail address."
        )


class ResetPasswordForm(WithoutPlaceholders, allauth_forms.ResetPasswordForm):
    """Asking for a link to set a new password."""


class RequestLoginCodeForm(WithoutPlaceholders, allauth_forms.RequestLoginCodeForm):
    """Asking for a code by e-mail."""


class ConfirmLoginCodeForm(WithoutPlaceholders, allauth_forms.ConfirmLoginCodeForm):
    """The code from the letter."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false"}


class AuthenticateForm(WithoutPlaceholders, mfa_forms.AuthenticateForm):
    """The one-time code at sign-in."""


class AddEmailForm(WithoutPlaceholders, allauth_forms.AddEmailForm):
    """Another e-mail address for the account."""


class ChangePasswordForm(WithoutPlaceholders, allauth_forms.ChangePasswordForm):
    """A new password for somebody who knows the old one."""


class ResetPasswordKeyForm(WithoutPlaceholders, allauth_forms.ResetPasswordKeyForm):
    """A new password for somebody who followed the link in our letter."""
