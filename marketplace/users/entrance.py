"""Forms of allauth with our words; the label above a field is enough, so they have no placeholders."""

import struct
from contextlib import contextmanager

from allauth.account import forms as allauth_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
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


class ReauthenticateForm(WithoutPlaceholders, mfa_forms.ReauthenticateForm):
    """The one-time code of somebody who is in already."""


class RefusesMadeUpPasskeys:
    """allauth and fido2 trip over answers that no browser gives."""

    def clean_credential(self):
        with _refusing_what_no_browser_sends():
            return super().clean_credential()


class SignInPasskeyForm(RefusesMadeUpPasskeys, passkey_forms.LoginWebAuthnForm):
    """A passkey alone."""


class AuthenticatePasskeyForm(RefusesMadeUpPasskeys, passkey_forms.AuthenticateWebAuthnForm):
    """A passkey after the password or the code by e-mail."""


class ReauthenticatePasskeyForm(RefusesMadeUpPasskeys, passkey_forms.ReauthenticateWebAuthnForm):
    """A passkey of somebody who is in already."""


class AddPasskeyForm(passkey_forms.AddWebAuthnForm):
    """A passkey that signs in alone; allauth's script reads the box that we always tick."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = _passkey_name(required=False)  # a key that was just made is not refused for its name
        self.fields["passwordless"] = forms.BooleanField(initial=True, widget=forms.CheckboxInput({"hidden": True}))

    def clean(self):
        with _refusing_what_no_browser_sends():
            return super().clean()


class RenamePasskeyForm(passkey_forms.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = _passkey_name()


@contextmanager
def _refusing_what_no_browser_sends():
    try:
        yield
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, struct.error) as error:
        raise forms.ValidationError(_("This passkey was not accepted.")) from error


def _passkey_name(*, required=True) -> forms.CharField:
    return forms.CharField(
        label=_("Name of the passkey"),
        help_text=_("So that you can tell your passkeys apart, such as “My phone”."),
        max_length=60,
        required=required,
    )


class AddEmailForm(WithoutPlaceholders, allauth_forms.AddEmailForm):
    """Another e-mail address for the account."""


class ChangePasswordForm(WithoutPlaceholders, allauth_forms.ChangePasswordForm):
    """A new password for somebody who knows the old one."""


class ResetPasswordKeyForm(WithoutPlaceholders, allauth_forms.ResetPasswordKeyForm):
    """A new password for somebody who followed the link in our letter."""
