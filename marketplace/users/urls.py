"""allauth's pages under /account/: sign-in, sign-up, e-mail, password, second factor."""

from django.urls import include, path

urlpatterns = [
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
]
