"""What staff come for in an application: below `/programmes/applications/`."""

from django.urls import path

from programmes.views import application_checks, application_records

urlpatterns = [
    path("home/waiting/", application_records.home_waiting, name="home_waiting"),
    path("<int:pk>/record/", application_records.application_record, name="application_record"),
    path(
        "<int:pk>/record/noticed/",
        application_records.application_hints,
        name="application_hints",
    ),
    path(
        "<int:pk>/record/history/",
        application_records.application_history,
        name="application_history",
    ),
    path(
        "<int:pk>/record/submissions/<int:number>/",
        application_records.application_submission,
        name="application_submission",
    ),
    path("<int:pk>/record/place/", application_checks.application_place, name="application_place"),
    path(
        "<int:pk>/record/eligibility/",
        application_checks.application_eligibility,
        name="application_eligibility",
    ),
    path(
        "<int:pk>/record/again/", application_checks.application_recheck, name="application_recheck"
    ),
    path(
        "<int:pk>/record/correction/",
        application_checks.application_correction,
        name="application_correction",
    ),
    path(
        "<int:pk>/record/correction/close/",
        application_checks.application_correction_close,
        name="application_correction_close",
    ),
    path(
        "<int:pk>/record/extension/",
        application_checks.application_extension,
        name="application_extension",
    ),
    path(
        "<int:pk>/record/withdrawal/",
        application_checks.application_withdrawal,
        name="application_withdrawal",
    ),
]
