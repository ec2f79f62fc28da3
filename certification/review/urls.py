from django.urls import path

from certification import converters  # noqa: F401 - registers <certificate:…>

from . import actions, aftercare, criteria, false_claims, queue, views, visits

app_name = "review"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("certificates/", views.certificates, name="certificates"),
    path("certificates/<certificate:number>/", views.certificate, name="certificate"),
    path("certificates/<certificate:number>/buyers/", false_claims.tell, name="tell_buyers"),
    path("appeals/", aftercare.appeals, name="appeals"),
    path("appeals/<int:pk>/", aftercare.appeal, name="appeal"),
    path("complaints/", aftercare.complaints, name="complaints"),
    path("complaints/<int:pk>/", aftercare.complaint, name="complaint"),
    path("surveillance/", aftercare.surveillance, name="surveillance"),
    path("surveillance/<int:pk>/", aftercare.check, name="check"),
    path("visits/", visits.index, name="visits"),
    path("visits/<int:pk>/", visits.visit, name="visit"),
    path("visits/<int:pk>/photos/", visits.photo, name="visit_photo"),
    path("visits/<int:pk>/cancel/", visits.cancel, name="visit_cancel"),
    path("criteria/", criteria.index, name="criteria"),
    path("criteria/new/", criteria.edit, name="criteria_new"),
    path("criteria/<int:number>/", criteria.version, name="criteria_version"),
    path("criteria/<int:number>/edit/", criteria.edit, name="criteria_edit"),
    path("criteria/<int:number>/publish/", criteria.publish, name="criteria_publish"),
    path("file/", views.file_for_maker, name="file"),
    path("<int:pk>/", views.case, name="case"),
    path("<int:pk>/start/", actions.start, name="start"),
    path("<int:pk>/conflict/", actions.conflict, name="conflict"),
    path("<int:pk>/ask/", actions.ask, name="ask"),
    path("<int:pk>/message/", actions.message, name="message"),
    path("<int:pk>/assign/", actions.assign, name="assign"),
    path("<int:pk>/visit/", actions.case_visit, name="case_visit"),
    path("<int:pk>/panel/", actions.seat, name="seat"),
    path("<int:pk>/recommend/", actions.recommend, name="recommend"),
    path("<int:pk>/decide/", actions.decide, name="decide"),
    path("<int:pk>/evidence/<uuid:key>/", actions.judge, name="judge"),
    path("<int:pk>/workplace/<int:workplace>/", actions.workplace, name="workplace"),
]
