"""How a certificate's number looks in an address; what looks otherwise is no address of ours."""

from django.urls import register_converter


class CertificateNumber:
    regex = "[A-Za-z0-9-]{1,20}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value


register_converter(CertificateNumber, "certificate")
