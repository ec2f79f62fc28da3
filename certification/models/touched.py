"""Which products may have changed since they were certified, noted by the database itself."""

from django.db import models


class TouchedProduct(models.Model):
    """A product whose steps, workplaces, line or names were written since its last certificate, through any door.

    Triggers add the rows (certification.touched); without one a certificate's facts are as they were. No foreign
    key and no uniqueness, so that noting it never waits for anybody.
    """

    product_id = models.BigIntegerField(db_index=True)

    def __str__(self):
        return str(self.product_id)
