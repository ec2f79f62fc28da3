from django.urls import path

from certification import converters  # noqa: F401 - registers <certificate:…>

from . import aftercare, applications, certificates, members, orders, payouts, products, settings, today, workplaces

app_name = "studio"
urlpatterns = [
    path("", today.today, name="today"),
    path("choose/", today.choose, name="choose"),
    path("products/", products.index, name="products"),
    path("products/new/", products.new, name="product_new"),
    path("products/<int:pk>/", products.edit, name="product"),
    path("products/<int:pk>/pictures/", products.add_picture, name="picture_add"),
    path("products/<int:pk>/pictures/<int:picture>/remove/", products.remove_picture, name="picture_remove"),
    path("products/<int:pk>/apply/", applications.start, name="application_start"),
    path("products/<int:pk>/steps/", applications.steps, name="steps"),
    path("workplaces/", workplaces.index, name="workplaces"),
    path("workplaces/new/", workplaces.edit, name="workplace_new"),
    path("workplaces/<int:pk>/", workplaces.edit, name="workplace"),
    path("applications/", applications.index, name="applications"),
    path("applications/<int:pk>/", applications.application, name="application"),
    path("applications/<int:pk>/claims/", applications.claims, name="claims"),
    path("applications/<int:pk>/evidence/", applications.add_evidence, name="evidence_add"),
    path("applications/<int:pk>/message/", aftercare.message, name="message"),
    path("applications/<int:pk>/appeal/", aftercare.appeal, name="appeal"),
    path("applications/<int:pk>/appeal/<int:appeal>/drop/", aftercare.drop_appeal, name="appeal_drop"),
    path("applications/<int:pk>/give-back/", aftercare.give_back, name="give_back"),
    path("applications/<int:pk>/submit/", applications.submit, name="submit"),
    path("applications/<int:pk>/withdraw/", applications.withdraw, name="withdraw"),
    path("certificates/<certificate:number>/", certificates.certificate, name="certificate"),
    path("certificates/<certificate:number>/<slug:what>.pdf", certificates.prints, name="certificate_prints"),
    path("orders/", orders.index, name="orders"),
    path("orders/<int:pk>/", orders.order, name="order"),
    path("orders/<int:pk>/refund/", orders.refund, name="order_refund"),
    path("payouts/", payouts.index, name="payouts"),
    path("members/", members.index, name="members"),
    path("members/<int:pk>/remove/", members.remove, name="member_remove"),
    path("settings/", settings.edit, name="settings"),
]
