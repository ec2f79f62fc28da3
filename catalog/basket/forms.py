"""How many of a piece."""

from django import forms


class QuantityForm(forms.Form):
    """A whole number; 0 takes the piece out of the bag."""

    quantity = forms.IntegerField(min_value=0, max_value=99)
