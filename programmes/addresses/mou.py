"""A project's MOU: below `/programmes/<programme>/projects/<project>/mou/`."""

from django.urls import path

from programmes.views.mou import beginning, memorandum

urlpatterns = [
    path("", memorandum.mou, name="mou"),
    path("panel/", beginning.mou_panel, name="mou_panel"),
    path("begin/", beginning.mou_begin, name="mou_begin"),
]
