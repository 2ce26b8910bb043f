from django.urls import URLPattern

from evaluation.addresses import case_studies, evidence, reports

app_name = "evaluation"
urlpatterns: list[URLPattern] = [*case_studies.patterns, *evidence.patterns, *reports.patterns]
