"""A guest's order: `/orders/<number>/<key>/`, the key from a letter."""

from .order_paths import order_paths

app_name = "guest"
urlpatterns = order_paths("<slug:number>/<slug:key>/")
