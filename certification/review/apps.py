from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "certification.review"
    label = "certification_review"
