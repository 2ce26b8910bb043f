"""Files that answer questions."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from programmes.models import AttachedFile
from programmes.queries.applications import applications


@require_safe
def attached_file(request: SignedInRequest, pk: int, file: int) -> FileResponse:
    """To download, and never to be opened by the browser as a page of ours."""
    application = fetch(request.user, applications(), view="programmes.view_application", pk=pk)
    row = AttachedFile.objects.filter(application=application, pk=file).first()
    if row is None or not default_storage.exists(row.file):
        raise Http404
    response = FileResponse(
        default_storage.open(row.file),
        as_attachment=True,
        filename=row.file_name,
        content_type="application/octet-stream",
    )
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{row.sha256}"'
    return response
