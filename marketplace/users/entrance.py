"""Sign-in and sign-up forms of allauth with our help texts; the label above a field is enough, so no placeholders."""

from allauth.account import forms as allauth_forms
from allauth.mfa.base import forms as mfa_forms
from django.utils.translation import gettext_lazy as _


class WithoutPlaceholders:
    """A placeholder that repeats the label reads like an answer already given."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


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


class AuthenticateForm(WithoutPlaceholders, mfa_forms.AuthenticateForm):
    """The one-time code at sign-in."""
