from django.urls import URLPattern, path

from evaluation.views import (
    case_study,
    files,
    home,
    previews,
    published,
    revisions,
    section,
    section_quotes,
)

patterns: list[URLPattern] = [
    path("programmes/<slug:slug>/case-studies/", case_study.case_studies, name="case_studies"),
    path("published/", published.published_case_studies, name="published"),
    path(
        "published/<slug:programme_slug>/<slug:project_slug>/",
        published.published_pdf,
        name="published_pdf",
    ),
    path(
        "projects/<int:project_pk>/case-study/",
        case_study.case_study_start,
        name="case_study_start",
    ),
    path("case-studies/<int:pk>/", case_study.case_study, name="case_study"),
    path("case-studies/<int:pk>/edit/", case_study.case_study_edit, name="case_study_edit"),
    path(
        "case-studies/<int:pk>/status/<str:to>/",
        case_study.case_study_status,
        name="case_study_status",
    ),
    path("case-studies/<int:pk>/preview/", previews.case_study_preview, name="case_study_preview"),
    path(
        "case-studies/<int:pk>/preview/<slug:part>/",
        previews.case_study_part,
        name="case_study_part",
    ),
    path(
        "case-studies/<int:pk>/history/",
        case_study.case_study_history,
        name="case_study_history",
    ),
    path("case-studies/<int:pk>/files/", files.case_study_files, name="case_study_files"),
    path("home/drafts/", home.home_drafts, name="home_drafts"),
    path("home/case-studies/", home.home_case_studies, name="home_case_studies"),
    path("sections/<int:pk>/", section.section, name="section"),
    path("sections/<int:pk>/autosave/", section.section_autosave, name="section_autosave"),
    path("sections/<int:pk>/quotes/", section_quotes.section_quotes, name="section_quotes"),
    path("sections/<int:pk>/revisions/", revisions.section_revisions, name="section_revisions"),
    path(
        "sections/<int:pk>/revisions/<int:number>/",
        revisions.section_revision,
        name="section_revision",
    ),
    path("drafts/<int:pk>/", section.draft, name="draft"),
    path("drafts/<int:pk>/discard/", section.draft_discard, name="draft_discard"),
]
