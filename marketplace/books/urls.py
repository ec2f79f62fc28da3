"""The bookkeepers' desk: `/staff/books/`, `/staff/disputes/`, `/staff/fees/`, `/staff/vouchers/`."""

from django.urls import path

from .views import balance, differences, disputes, entries, fees, trouble, vouchers

app_name = "books"
urlpatterns = [
    path("books/", balance.index, name="index"),
    path("books/balance.csv", balance.balance_csv, name="balance_csv"),
    path("books/entries/", entries.entries, name="entries"),
    path("books/entries/<int:pk>/", entries.entry, name="entry"),
    path("books/orders/<str:number>/", entries.order, name="order"),
    path("books/differences/", differences.differences, name="differences"),
    path("books/differences/compare/", differences.compare, name="compare"),
    path("books/trouble/", trouble.trouble, name="trouble"),
    path("books/trouble/refunds/<int:pk>/retry/", trouble.retry, name="retry_refund"),
    path("books/trouble/work/<int:pk>/retry/", trouble.work, name="retry_work"),
    path("books/payments/<uuid:pk>/", trouble.payment, name="payment"),
    path("disputes/", disputes.disputes, name="disputes"),
    path("disputes/<int:pk>/", disputes.dispute, name="dispute"),
    path("disputes/<int:pk>/parts/<int:part>/charge/", disputes.charge, name="charge"),
    path("fees/", fees.index, name="fees"),
    path("fees/<int:pk>/", fees.maker, name="maker_fee"),
    path("vouchers/", vouchers.index, name="vouchers"),
    path("vouchers/new/", vouchers.new, name="voucher_new"),
    path("vouchers/<int:pk>/end/", vouchers.end, name="voucher_end"),
]
