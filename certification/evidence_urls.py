"""Where a private file is read, after a permission check."""

from django.urls import path

from certification.review.files import decision_letter, evidence_file, evidence_page

urlpatterns = [
    path("<uuid:key>/", evidence_file, name="evidence_file"),
    path("<uuid:key>/<int:number>/", evidence_page, name="evidence_page"),
    path("letter/<int:pk>/", decision_letter, name="decision_letter"),
]
