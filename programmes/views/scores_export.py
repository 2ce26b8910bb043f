"""An evaluator takes the scores of a panel away, without names, to compute the ranking again."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Person
from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from documents.tables.book import as_csv_archive, as_xlsx
from programmes.models import Call, Phase
from programmes.queries.calls import calls
from programmes.queries.scores_export import panel_for, sheets_of
from programmes.views.call_preparation import about

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = {
    "xlsx": (as_xlsx, "scores.xlsx", XLSX),
    "csv": (as_csv_archive, "scores.zip", "application/zip"),
}


@require_safe
def scores_export(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """What the export holds, and the two files."""
    call = fetch(
        request.user,
        calls(),
        view="programmes.know_of_scores",
        needs="programmes.export_scores",
        cohort__programme__slug=slug,
        cohort__number=number,
    )
    is_open = _is_open(call, request.user)
    form = FORMS.get(request.GET.get("download", ""))
    if form is None or not is_open:
        return render(request, "programmes/scores_export.html", about(call, is_open=is_open))
    write, name, content_type = form
    response = HttpResponse(
        write(sheets_of(panel_for(request.user, call))), content_type=content_type
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _is_open(call: Call, person: Person) -> bool:
    """Once the panel meets; for whoever has sat on it themselves, once all is decided."""
    if call.phase == Phase.RELEASED:
        return True
    return call.phase == Phase.MEETING and not call.members.filter(person=person).exists()
