"""What people without an account come for, by the link that was mailed to them: `/programmes/mou/`."""

from django.urls import path

from programmes.views.mou import reader, sealed, signatory

urlpatterns = [
    path("sign/<str:token>/", signatory.mou_sign, name="mou_sign"),
    path("sign/<str:token>/pdf/", signatory.mou_sign_pdf, name="mou_sign_pdf"),
    path("sign/<str:token>/agree/", signatory.mou_agree, name="mou_agree"),
    path("sign/<str:token>/decline/", signatory.mou_decline, name="mou_decline"),
    path("sign/<str:token>/hand-over/", signatory.mou_sign_hand_over, name="mou_sign_hand_over"),
    path("sign/<str:token>/paper/", signatory.mou_ask_for_paper, name="mou_ask_for_paper"),
    path("read/<str:token>/", reader.mou_read, name="mou_read"),
    path("read/<str:token>/pdf/", reader.mou_read_pdf, name="mou_read_pdf"),
    path("sealed/<str:token>/", sealed.mou_sealed_by_link, name="mou_sealed_by_link"),
    path(
        "sealed/<str:token>/file/",
        sealed.mou_sealed_by_link_file,
        name="mou_sealed_by_link_file",
    ),
]
