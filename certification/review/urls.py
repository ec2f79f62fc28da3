from django.urls import path

from certification import converters  # noqa: F401 - registers <certificate:…>

from . import actions, views

app_name = "review"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("certificates/", views.certificates, name="certificates"),
    path("certificates/<certificate:number>/", views.certificate, name="certificate"),
    path("file/", views.file_for_maker, name="file"),
    path("<int:pk>/", views.case, name="case"),
    path("<int:pk>/start/", actions.start, name="start"),
    path("<int:pk>/conflict/", actions.conflict, name="conflict"),
    path("<int:pk>/ask/", actions.ask, name="ask"),
    path("<int:pk>/recommend/", actions.recommend, name="recommend"),
    path("<int:pk>/decide/", actions.decide, name="decide"),
    path("<int:pk>/evidence/<uuid:key>/", actions.judge, name="judge"),
    path("<int:pk>/workplace/<int:workplace>/", actions.workplace, name="workplace"),
]
