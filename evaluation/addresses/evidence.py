"""Sources, evidence, uploads, excerpts, codings."""

from django.urls import URLPattern, path

from evaluation.views import (
    citations,
    coding,
    evidence,
    excerpts,
    panel,
    sources,
    uploads,
    versions,
)

patterns: list[URLPattern] = [
    path("projects/<int:pk>/", panel.project_panel, name="project_panel"),
    path("projects/<int:pk>/sources/", sources.sources, name="sources"),
    path("projects/<int:pk>/evidence/", evidence.evidence_list, name="evidence_list"),
    path("projects/<int:pk>/evidence/new/", evidence.evidence_create, name="evidence_create"),
    path("projects/<int:pk>/excerpts/", excerpts.excerpts, name="excerpts"),
    path(
        "projects/<int:pk>/excerpts/dimensions/",
        excerpts.excerpts_by_dimension,
        name="excerpts_by_dimension",
    ),
    path("projects/<int:pk>/passages/", excerpts.passages, name="passages"),
    path("uploads/<int:pk>/", uploads.upload, name="upload"),
    path("uploads/<int:pk>/discard/", uploads.upload_discard, name="upload_discard"),
    path("evidence/<int:pk>/", evidence.evidence, name="evidence"),
    path("evidence/<int:pk>/edit/", evidence.evidence_edit, name="evidence_edit"),
    path("evidence/<int:pk>/withdraw/", evidence.evidence_withdraw, name="evidence_withdraw"),
    path("evidence/<int:pk>/versions/", versions.versions, name="versions"),
    path("evidence/<int:pk>/versions/new/", versions.version_create, name="version_create"),
    path("evidence/<int:pk>/versions/<int:number>/", versions.version, name="version"),
    path(
        "evidence/<int:pk>/versions/<int:number>/file/", versions.version_file, name="version_file"
    ),
    path("evidence/<int:pk>/carry/", versions.excerpts_carry, name="excerpts_carry"),
    path("evidence/<int:pk>/code/", coding.passage_code, name="passage_code"),
    path("evidence/<int:pk>/paste/", coding.passage_paste, name="passage_paste"),
    path("evidence/<int:pk>/clauses/", citations.evidence_clauses, name="evidence_clauses"),
    path("excerpts/<int:pk>/clauses/", citations.excerpt_clauses, name="excerpt_clauses"),
    path("excerpts/<int:pk>/", excerpts.excerpt, name="excerpt"),
    path("excerpts/<int:pk>/code/", excerpts.excerpt_code, name="excerpt_code"),
    path("excerpts/<int:pk>/speaker/", excerpts.excerpt_speaker, name="excerpt_speaker"),
    path("excerpts/<int:pk>/remove/", excerpts.excerpt_remove, name="excerpt_remove"),
    path("codings/<int:pk>/remove/", coding.coding_remove, name="coding_remove"),
]
