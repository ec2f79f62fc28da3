"""What operators and crawlers expect: health, readiness, robots."""

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

_ROBOTS = """User-agent: *
Disallow: /account/
Disallow: /admin/
Disallow: /basket/
Disallow: /checkout/
Disallow: /cms/
Disallow: /dashboard/
Disallow: /evidence/
Disallow: /gifts/
Disallow: /orders/
Disallow: /review/
Disallow: /staff/
Disallow: /studio/
Disallow: /training/desk/
Disallow: /training/status/
Sitemap: {address}/sitemap.xml
"""


@require_safe
@never_cache
def healthz(request):
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request):
    """The database answers and knows every migration; 503 where not."""
    try:
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return JsonResponse({"database": "unreachable"}, status=503)
    return JsonResponse({"database": "ok", "migrations_missing": missing}, status=503 if missing else 200)


@require_safe
def robots(request):
    return HttpResponse(_ROBOTS.format(address=settings.SITE_ADDRESS), content_type="text/plain")
