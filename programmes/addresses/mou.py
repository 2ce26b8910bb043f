"""A project's MOU: below `/programmes/<programme>/projects/<project>/mou/`."""

from django.urls import path, re_path

from programmes.views.mou import beginning, clauses, memorandum, stances, wordings

CLAUSE = "clauses/<slug:key>/"
WORDING = f"{CLAUSE}wordings/<int:number>/"

urlpatterns = [
    path("", memorandum.mou, name="mou"),
    path("panel/", beginning.mou_panel, name="mou_panel"),
    path("begin/", beginning.mou_begin, name="mou_begin"),
    path("clauses/new/", wordings.clause_propose, name="clause_propose"),
    path(CLAUSE, clauses.clause, name="clause"),
    path(f"{CLAUSE}propose/", wordings.wording_propose, name="wording_propose"),
    path(f"{CLAUSE}leave-out/", wordings.clause_leave_out, name="clause_leave_out"),
    path(f"{CLAUSE}remarks/new/", stances.remark_make, name="remark_make"),
    re_path(
        r"^clauses/(?P<key>[-\w]+)/(?P<way>up|down)/$", clauses.clause_move, name="clause_move"
    ),
    path(WORDING, wordings.wording, name="clause_wording"),
    path(f"{WORDING}stance/", stances.stance_take, name="stance_take"),
    path(f"{WORDING}take/", wordings.wording_take, name="wording_take"),
    path(f"{WORDING}decline/", wordings.wording_decline, name="wording_decline"),
    path(f"{WORDING}withdraw/", wordings.wording_withdraw, name="wording_withdraw"),
]
