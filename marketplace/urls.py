"""Every address of the site: machines' addresses first, then the pages in two languages, Wagtail's pages last."""

from django.apps import apps
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from certification import converters  # noqa: F401 - registers <certificate:…>
from certification.credentials import views as credential_views
from certification.mark import views as mark_views
from certification.register import data as register_data
from certification.register import figures
from makers.training import views as training_views
from marketplace import operations
from marketplace.api import api
from marketplace.core.media import serve_media
from marketplace.insights import views as insights
from marketplace.payments import webhooks
from marketplace.sitemap import sitemaps
from marketplace.users import doors
from marketplace.wishes import views as wishes

staff_tools = [
    *doors.closed_doors,
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("admin/", admin.site.urls),
]

machines = [
    path("healthz", operations.healthz, name="healthz"),
    path("readyz", operations.readyz, name="readyz"),
    path("robots.txt", operations.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": sitemaps}, name="sitemap"),
    path("feeds/", include("marketplace.feeds.urls")),
    path("stripe/webhook/", webhooks.receive, name="stripe_webhook"),
    path("badge/<certificate:number>.svg", mark_views.badge, name="badge"),
    path("credentials/", include("certification.credentials.urls")),
    path(".well-known/did.json", credential_views.did_document, name="did_document"),
    path(".well-known/jwks.json", credential_views.jwks, name="jwks"),
    path("api/v1/", api.urls),
    path("register.csv", register_data.register_csv, name="register_csv"),
    path("register/statistics.csv", figures.numbers_csv, name="register_statistics_csv"),
    path("register/statistics.json", figures.numbers_json, name="register_statistics_json"),
    path("register/surveillance/<int:year>.csv", figures.population_csv, name="register_population_csv"),
    path("views/", insights.viewed, name="views"),
    path("training/progress.csv", training_views.progress_csv, name="training_progress_csv"),
]

pages = [
    path("account/", include("marketplace.users.urls")),
    path("account/", include("marketplace.account.urls")),
    path("favorites/", wishes.kept, name="favorites_kept"),
    path("account/favorites/", wishes.index, name="favorites"),
    path("account/favorites/state/", wishes.state, name="favorites_state"),
    path("account/favorites/<int:pk>/", wishes.favorite, name="favorite"),
    path("account/alerts/", wishes.alerts, name="stock_alerts"),
    path("account/alerts/<int:pk>/forget/", wishes.forget_alert, name="stock_alert_forget"),
    path("account/data/", include("marketplace.privacy.urls")),
    path("account/searches/", include("catalog.search.saved_urls")),
    path("reviews/", include("marketplace.account.review_urls")),
    path("gifts/", include("marketplace.account.gift_urls")),
    path("orders/", include("marketplace.account.guest_urls")),
    path("customer/", include((doors.oscar_customer_urls, "customer"))),
    path("shop/", apps.get_app_config("catalogue").urls),
    path("basket/", apps.get_app_config("basket").urls),
    path("checkout/", apps.get_app_config("checkout").urls),
    path("search/", apps.get_app_config("search").urls),
    path("apply/", include("makers.studio.apply_urls")),
    path("help/", include("marketplace.help.urls")),
    path("events/", include("makers.stories.urls")),
    path("terms/", include("marketplace.duties.terms_urls")),
    path("studio/training/", include("makers.training.studio_urls")),
    path("studio/duties/", include("marketplace.duties.studio_urls")),
    path("studio/", include("marketplace.imports.urls")),
    path("studio/", include("makers.studio.urls")),
    path("training/desk/", include("makers.training.desk_urls")),
    path("training/", include("makers.training.urls")),
    path("staff/returns/", include("marketplace.aftersale.desk_urls")),
    path("staff/tax/", include("marketplace.tax.urls")),
    path("staff/duties/", include("marketplace.duties.desk_urls")),
    path("staff/", include("marketplace.books.urls")),
    path("dashboard/", include("marketplace.shopdesk.urls")),
    path("evidence/", include("certification.evidence_urls")),
    path("review/", include("certification.review.urls")),
    path("verify/offline/", credential_views.offline, name="verify_offline"),
    path("", include("certification.register.urls")),
]

if apps.is_installed("marketplace.demo"):
    pages.append(path("_components/", include("marketplace.demo.component_urls")))

urlpatterns = [*machines, *staff_tools, *i18n_patterns(*pages, prefix_default_language=False)]

if getattr(settings, "SERVE_MEDIA", False):
    urlpatterns.append(path("media/<path:path>", serve_media, {"document_root": settings.MEDIA_ROOT}))

urlpatterns += i18n_patterns(path("", include(wagtail_urls)), prefix_default_language=False)
