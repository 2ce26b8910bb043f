from django.urls import URLPattern, path

from evaluation.views import files, report, report_parts

OF = "programmes/<slug:slug>/report/"

patterns: list[URLPattern] = [
    path(OF, report.report, name="report"),
    path(f"{OF}case-studies/", report_parts.report_case_studies, name="report_case_studies"),
    path(f"{OF}sources/", report_parts.report_sources, name="report_sources"),
    path(f"{OF}findings/", report_parts.report_findings, name="report_findings"),
    path(f"{OF}findings/<int:pk>/", report_parts.report_finding, name="report_finding"),
    path(f"{OF}evidence/", report_parts.report_evidence, name="report_evidence"),
    path(f"{OF}files/", files.report_files, name="report_files"),
]
