"""The panel of a call: below `/programmes/<programme>/cohorts/<number>/panel/`."""

from django.urls import path

from programmes.views import board, interests, panels, scores

urlpatterns = [
    path("", panels.panel, name="panel"),
    path("members/new/", panels.panel_member_create, name="panel_member_create"),
    path("members/<int:pk>/", panels.panel_member, name="panel_member"),
    path("who-reads-what/", panels.panel_reading, name="panel_reading"),
    path("conflicts/", interests.interests, name="interests"),
    path("conflicts/<int:pk>/", interests.interest, name="interest"),
    path("declaration/", interests.declaration, name="declaration"),
    path("reading/", scores.reading, name="reading"),
    path("applications/<int:application>/", scores.score, name="score"),
    path("applications/<int:application>/autosave/", scores.score_autosave, name="score_autosave"),
    path("applications/<int:application>/text/", scores.score_text, name="score_text"),
    path("applications/<int:application>/note/", scores.note, name="note"),
    path("applications/<int:application>/conflict/", scores.conflict, name="conflict"),
    path("board/", board.board, name="board"),
    path("board/minutes/", board.minutes, name="minutes"),
]
