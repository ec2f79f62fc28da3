from django.apps import AppConfig


class BooksConfig(AppConfig):
    name = "marketplace.books"
    label = "books"
