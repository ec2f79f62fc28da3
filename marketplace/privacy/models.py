"""Orders whose shopper closed the account: until when the law has us keep who and where they went to."""

from django.db import models


class LeftOrder(models.Model):
    order = models.OneToOneField("order.Order", on_delete=models.CASCADE, related_name="left")
    erase_on = models.DateField(db_index=True)

    def __str__(self):
        return f"order {self.order_id} until {self.erase_on}"
