"""A call: below `/programmes/<programme>/cohorts/<number>/call/`."""

from django.urls import path, re_path

from programmes.views import (
    application_records,
    call_phases,
    call_preparation,
    calls,
    criteria,
    questions,
    starting,
    supporters,
)

PART = r"(?P<key>[-\w]+)"
WAY = r"(?P<way>up|down)"

urlpatterns = [
    path("", calls.call, name="call"),
    path("apply/", starting.application_start, name="application_start"),
    path("apply/sent/", starting.application_start_sent, name="application_start_sent"),
    path("new/", call_preparation.call_create, name="call_create"),
    path("manage/", call_preparation.call_manage, name="call_manage"),
    path("preview/", call_preparation.call_preview, name="call_preview"),
    path("edit/", call_preparation.call_edit, name="call_edit"),
    path("words/", call_preparation.call_words, name="call_words"),
    path("change/new/", call_preparation.call_change_create, name="call_change_create"),
    path("change/publish/", call_preparation.call_change_publish, name="call_change_publish"),
    path("change/discard/", call_preparation.call_change_discard, name="call_change_discard"),
    path("applications/", application_records.call_applications, name="call_applications"),
    path("phases/", call_phases.call_phases, name="call_phases"),
    path("phases/to/<slug:to>/", call_phases.call_phase_change, name="call_phase_change"),
    path("phases/<slug:phase>/", call_phases.call_switches, name="call_switches"),
    path("questions/new/", questions.question_kinds, name="question_kinds"),
    path("questions/new/<slug:kind>/", questions.question_create, name="question_create"),
    path("questions/<slug:key>/edit/", questions.question_edit, name="question_edit"),
    path("questions/<slug:key>/remove/", questions.question_remove, name="question_remove"),
    re_path(f"^questions/{PART}/{WAY}/$", questions.question_move, name="question_move"),
    path("criteria/new/", criteria.criteria_lenses, name="criteria_lenses"),
    path("criteria/new/<slug:lens>/", criteria.criteria_create, name="criteria_create"),
    path("criteria/<slug:key>/edit/", criteria.criterion_edit, name="criterion_edit"),
    path("criteria/<slug:key>/remove/", criteria.criterion_remove, name="criterion_remove"),
    re_path(f"^criteria/{PART}/{WAY}/$", criteria.criterion_move, name="criterion_move"),
    path("supporters/new/", supporters.supporter_create, name="supporter_create"),
    path("supporters/<slug:key>/edit/", supporters.supporter_edit, name="supporter_edit"),
    path("supporters/<slug:key>/remove/", supporters.supporter_remove, name="supporter_remove"),
    re_path(f"^supporters/{PART}/{WAY}/$", supporters.supporter_move, name="supporter_move"),
]
