"""The decisions on a call: below `/programmes/<programme>/cohorts/<number>/decisions/`."""

from django.urls import path

from programmes.views import decisions, letters, lots, release, scores_export

urlpatterns = [
    path("", decisions.decisions, name="decisions"),
    path("lots/", lots.lots, name="lots"),
    path("letters/", letters.letters, name="letters"),
    path("letters/templates/<slug:outcome>/", letters.letter_template, name="letter_template"),
    path("letters/<int:application>/", letters.letter, name="letter"),
    path("letters/<int:application>/edit/", letters.letter_edit, name="letter_edit"),
    path("letters/<int:application>/draft/", letters.letter_draft, name="letter_draft"),
    path("release/", release.release, name="release"),
    path("reserves/<int:application>/", release.reserve_move_up, name="reserve_move_up"),
    path("scores/", scores_export.scores_export, name="scores_export"),
]
