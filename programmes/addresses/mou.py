"""A project's MOU: below `/programmes/<programme>/projects/<project>/mou/`."""

from django.urls import path, re_path

from programmes.views.mou import (
    beginning,
    citations,
    clauses,
    commitments,
    liveness,
    memorandum,
    parties,
    posts,
    reviews,
    sealed,
    sending,
    signing,
    stances,
    versions,
    wordings,
)

CLAUSE = "clauses/<slug:key>/"
WORDING = f"{CLAUSE}wordings/<int:number>/"
SIGNING = "signing/<int:number>/"
SIGNATORY = f"{SIGNING}signatories/<int:pk>/"

urlpatterns = [
    path("", memorandum.mou, name="mou"),
    path("panel/", beginning.mou_panel, name="mou_panel"),
    path("begin/", beginning.mou_begin, name="mou_begin"),
    path("edit/", memorandum.mou_edit, name="mou_edit"),
    path("alive/", liveness.liveness, name="liveness"),
    path("parties/", parties.mou_parties, name="mou_parties"),
    path("parties/new/", parties.party_add, name="party_add"),
    path("parties/<int:pk>/", parties.party_edit, name="party_edit"),
    path("parties/<int:pk>/leave/", parties.party_leave, name="party_leave"),
    path("parties/<int:pk>/people/new/", parties.representative_add, name="representative_add"),
    path("parties/people/<int:pk>/end/", parties.representative_end, name="representative_end"),
    path("stances/", stances.mou_stances, name="mou_stances"),
    path("stances/<int:party>/", stances.stances_say, name="stances_say"),
    path("commitments/", commitments.mou_commitments, name="mou_commitments"),
    path("commitments/new/<int:party>/", commitments.commitment_add, name="commitment_add"),
    path("commitments/<int:pk>/", commitments.commitment, name="commitment"),
    path("commitments/<int:pk>/edit/", commitments.commitment_edit, name="commitment_edit"),
    path("commitments/<int:pk>/update/", commitments.commitment_update, name="commitment_update"),
    path("reviews/", reviews.mou_reviews, name="mou_reviews"),
    path("reviews/plan/", reviews.review_plan, name="review_plan"),
    path("reviews/record/", reviews.review_record, name="review_record"),
    path("end/", reviews.mou_end, name="mou_end"),
    path("versions/", versions.mou_versions, name="mou_versions"),
    path("versions/new/", versions.version_begin, name="mou_version_begin"),
    path("versions/difference/", versions.mou_difference, name="mou_difference"),
    path("versions/<int:number>/", versions.mou_version, name="mou_version"),
    path("versions/<int:number>/sealed/", sealed.mou_sealed, name="mou_sealed"),
    path("clauses/new/", wordings.clause_propose, name="clause_propose"),
    path(CLAUSE, clauses.clause, name="clause"),
    path(f"{CLAUSE}citations/", citations.clause_citations, name="clause_citations"),
    path("citations/<int:pk>/remove/", citations.citation_remove, name="citation_remove"),
    path(f"{CLAUSE}propose/", wordings.wording_propose, name="wording_propose"),
    path(f"{CLAUSE}leave-out/", wordings.clause_leave_out, name="clause_leave_out"),
    path(f"{CLAUSE}remarks/new/", stances.remark_make, name="remark_make"),
    path(f"{CLAUSE}whose/", parties.clause_concerns, name="clause_concerns"),
    re_path(
        r"^clauses/(?P<key>[-\w]+)/(?P<way>up|down)/$", clauses.clause_move, name="clause_move"
    ),
    path(WORDING, wordings.wording, name="clause_wording"),
    path(f"{WORDING}stance/", stances.stance_take, name="stance_take"),
    path(f"{WORDING}take/", wordings.wording_take, name="wording_take"),
    path(f"{WORDING}decline/", wordings.wording_decline, name="wording_decline"),
    path(f"{WORDING}withdraw/", wordings.wording_withdraw, name="wording_withdraw"),
    path("send/", sending.mou_send, name="mou_send"),
    path(SIGNING, signing.mou_signing, name="mou_signing"),
    path(f"{SIGNING}extend/", signing.mou_extend, name="mou_extend"),
    path(f"{SIGNING}reminders/", signing.mou_reminders, name="mou_reminders"),
    path(f"{SIGNING}void/", signing.mou_void, name="mou_void"),
    path(f"{SIGNATORY}remind/", signing.mou_remind, name="mou_remind"),
    path(f"{SIGNATORY}hand-over/", signing.mou_hand_over, name="mou_hand_over"),
    path(f"{SIGNATORY}paper/", signing.mou_paper, name="mou_paper"),
    path(f"{SIGNATORY}post/", posts.signatory_post, name="signatory_post"),
    path(f"{SIGNATORY}page/", signing.mou_signed_page, name="mou_signed_page"),
]
