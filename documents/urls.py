from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [
    path("check/", views.check, name="check"),
    path("seals/<slug:fingerprint>.pem", views.seal_certificate, name="seal_certificate"),
    path("jobs/<int:pk>/", views.job, name="job"),
    path("jobs/<int:pk>/again/", views.job_again, name="job_again"),
    path("jobs/<int:pk>/file/", views.job_file, name="job_file"),
]
