"""Where a private file is read, after a permission check."""

from django.urls import path

from certification.review.files import evidence_file

urlpatterns = [path("<uuid:key>/", evidence_file, name="evidence_file")]
