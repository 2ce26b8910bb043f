from django.urls import include, path, re_path

from programmes.views import (
    calls,
    cohorts,
    dimensions,
    events,
    home,
    imports,
    lens_drafts,
    lenses,
    programmes,
    projects,
)
from programmes.views.mou import home as mou_home
from programmes.views.mou import liveness

app_name = "programmes"

# What stands where a programme's slug may stand is in accounts.slugs.RESERVED.
urlpatterns = [
    path("", programmes.programmes, name="programmes"),
    path("new/", programmes.programme_create, name="programme_create"),
    path("home/", home.home_panel, name="home_panel"),
    path("home/invitations/", home.home_invitations, name="home_invitations"),
    path("home/panels/", home.home_panels, name="home_panels"),
    path("home/mous/", mou_home.home_mous, name="home_mous"),
    path("home/mous/seen/", mou_home.mou_seen, name="mou_seen"),
    path("home/mous/links/<int:pk>/", mou_home.mou_own_link, name="mou_own_link"),
    path("home/mous/waiting/", mou_home.home_held_up, name="home_held_up"),
    path("audit/", events.audit_trail, name="audit_trail"),
    path("places/<slug:slug>/", projects.place_panel, name="place_panel"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.import_create, name="import_create"),
    path("imports/template.xlsx", imports.import_template, name="import_template"),
    path("imports/<int:pk>/", imports.import_, name="import"),
    path("imports/<int:pk>/check/", imports.import_check, name="import_check"),
    path("imports/<int:pk>/save/", imports.import_save, name="import_save"),
    path("lenses/", lenses.lenses, name="lenses"),
    path("lenses/new/", lenses.lens_create, name="lens_create"),
    path("lenses/<slug:slug>/", lenses.lens, name="lens"),
    path("lenses/<slug:slug>/edit/", lenses.lens_edit, name="lens_edit"),
    path("lenses/<slug:slug>/versions/<int:number>/", lenses.lens_version, name="lens_version"),
    path("lenses/<slug:slug>/draft/", lens_drafts.lens_draft, name="lens_draft"),
    path("lenses/<slug:slug>/draft/new/", lens_drafts.lens_draft_create, name="lens_draft_create"),
    path("lenses/<slug:slug>/draft/edit/", lens_drafts.lens_draft_edit, name="lens_draft_edit"),
    path(
        "lenses/<slug:slug>/draft/publish/",
        lens_drafts.lens_draft_publish,
        name="lens_draft_publish",
    ),
    path(
        "lenses/<slug:slug>/draft/discard/",
        lens_drafts.lens_draft_discard,
        name="lens_draft_discard",
    ),
    path(
        "lenses/<slug:slug>/draft/dimensions/new/",
        dimensions.dimension_create,
        name="dimension_create",
    ),
    path(
        "lenses/<slug:slug>/draft/dimensions/<slug:key>/edit/",
        dimensions.dimension_edit,
        name="dimension_edit",
    ),
    re_path(
        r"^lenses/(?P<slug>[-\w]+)/draft/dimensions/(?P<key>[-\w]+)/(?P<way>up|down)/$",
        dimensions.dimension_move,
        name="dimension_move",
    ),
    path(
        "lenses/<slug:slug>/draft/dimensions/<slug:key>/remove/",
        dimensions.dimension_remove,
        name="dimension_remove",
    ),
    path("calls/", calls.calls, name="calls"),
    path("applications/", include("programmes.addresses.applications")),
    path("applications/", include("programmes.addresses.application_records")),
    path("mou/", include("programmes.addresses.mou_links")),
    path("<slug:slug>/", programmes.programme, name="programme"),
    path("<slug:slug>/edit/", programmes.programme_edit, name="programme_edit"),
    path("<slug:slug>/audit/", events.audit, name="audit"),
    path("<slug:slug>/cohorts/new/", cohorts.cohort_create, name="cohort_create"),
    path("<slug:slug>/cohorts/<int:number>/", cohorts.cohort, name="cohort"),
    path("<slug:slug>/cohorts/<int:number>/edit/", cohorts.cohort_edit, name="cohort_edit"),
    path("<slug:slug>/cohorts/<int:number>/call/", include("programmes.addresses.calls")),
    path("<slug:slug>/cohorts/<int:number>/panel/", include("programmes.addresses.panels")),
    path("<slug:slug>/cohorts/<int:number>/decisions/", include("programmes.addresses.decisions")),
    path("<slug:slug>/mous/alive/", liveness.mous_alive, name="mous_alive"),
    path("<slug:slug>/mou-template/", include("programmes.addresses.mou_template")),
    path("<slug:slug>/people/", include("programmes.people_urls")),
    path("<slug:slug>/projects/", projects.projects, name="projects"),
    path("<slug:slug>/projects/new/", projects.project_create, name="project_create"),
    path("<slug:slug>/projects/<slug:project_slug>/", projects.project, name="project"),
    path(
        "<slug:slug>/projects/<slug:project_slug>/edit/", projects.project_edit, name="project_edit"
    ),
    path("<slug:slug>/projects/<slug:project_slug>/mou/", include("programmes.addresses.mou")),
]
