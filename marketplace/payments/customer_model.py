"""Shoppers as Stripe's customers; the services beside it are in customers.py."""

from django.conf import settings
from django.db import models


class Customer(models.Model):
    """A shopper with an account as Stripe knows them: the cards they keep stay there, and only their id here."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="stripe_customer")
    customer_id = models.CharField(max_length=64, unique=True)
    # the payment that was made theirs last, so that looking at its page again asks Stripe less
    intent_id = models.CharField(max_length=64, blank=True)

    def __str__(self):
        return self.customer_id
