"""What applicants come for: below `/programmes/applications/`."""

from django.urls import path

from programmes.views import (
    answer_drafts,
    answers,
    applications,
    attached_files,
    colleagues,
    handing_in,
    starting,
    supports,
    wordings,
)

urlpatterns = [
    path("home/", applications.home_applications, name="home_applications"),
    path(
        "start/<str:token>/",
        starting.application_start_confirm,
        name="application_start_confirm",
    ),
    path("drafts/<int:pk>/", answer_drafts.answer_draft, name="answer_draft"),
    path(
        "drafts/<int:pk>/discard/", answer_drafts.answer_draft_discard, name="answer_draft_discard"
    ),
    path("<int:pk>/", applications.application, name="application"),
    path("<int:pk>/preview/", handing_in.application_preview, name="application_preview"),
    path("<int:pk>/submit/", handing_in.application_submit, name="application_submit"),
    path("<int:pk>/take-back/", handing_in.application_take_back, name="application_take_back"),
    path("<int:pk>/withdraw/", handing_in.application_withdraw, name="application_withdraw"),
    path("<int:pk>/receipt/", handing_in.receipt, name="receipt"),
    path("<int:pk>/questions/<slug:key>/", answers.answer, name="answer"),
    path(
        "<int:pk>/questions/<slug:key>/autosave/", answers.answer_autosave, name="answer_autosave"
    ),
    path("<int:pk>/questions/<slug:key>/earlier/", wordings.wordings, name="wordings"),
    path("<int:pk>/questions/<slug:key>/earlier/<int:number>/", wordings.wording, name="wording"),
    path("<int:pk>/files/<int:file>/", attached_files.attached_file, name="application_file"),
    path("<int:pk>/colleagues/", colleagues.colleagues, name="colleagues"),
    path(
        "<int:pk>/colleagues/invitations/<int:invitation>/again/",
        colleagues.colleague_invite_again,
        name="colleague_invite_again",
    ),
    path(
        "<int:pk>/colleagues/invitations/<int:invitation>/withdraw/",
        colleagues.colleague_uninvite,
        name="colleague_uninvite",
    ),
    path(
        "<int:pk>/colleagues/<int:membership>/remove/",
        colleagues.colleague_remove,
        name="colleague_remove",
    ),
    path("support/<str:token>/", supports.support, name="support"),
    path("<int:pk>/support/<slug:key>/", supports.support_ask, name="support_ask"),
    path("<int:pk>/support/<slug:key>/remind/", supports.support_remind, name="support_remind"),
    path(
        "<int:pk>/support/<slug:key>/withdraw/", supports.support_withdraw, name="support_withdraw"
    ),
]
