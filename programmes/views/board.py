"""The board of a panel: the applications side by side, as the person who looks may see them."""

import csv
import io
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from documents.paging import some_of
from documents.tables.export import exported, harmless
from programmes.actions.minutes import minutes_for, request_minutes
from programmes.models import Call, Reading
from programmes.queries.board import Board, board_for, waiting_for
from programmes.queries.calls import calls
from programmes.queries.switches import switches_of
from programmes.ranking import BAND, DRAWS, INTERVAL, SEED
from programmes.tables.board import RANK, Address, Column, columns_of, head, in_order
from programmes.views.call_preparation import about

KNOWN = "programmes.view_panel"
VIEW = "programmes.view_board"
MANAGE = "programmes.manage_call"
PREPARE = "programmes.prepare_decisions"


@dataclass(frozen=True)
class Header:
    key: str
    label: str
    is_number: bool
    address: str
    aria_sort: str


@dataclass(frozen=True)
class Row:
    """A row of the table, or the line between two."""

    cells: str = ""  # markup
    is_in_band: bool = False
    is_line: bool = False


@require_safe
def board(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Every application with its scores, its rank and how sure that is."""
    call = call_of_board(request, slug, number)
    if waiting := waiting_for(request.user, call):
        context = about(call, waiting=waiting, is_staff=False)
        return render(request, "programmes/board_waits.html", context)
    found = board_for(request.user, call)
    columns = columns_of(found)
    if request.GET.get("download") == "csv":
        return _as_csv(found, columns)
    sort = _sort(columns, request.GET.get("sort", ""))
    is_staff = request.user.has_perm(MANAGE, call)
    context = {
        **about(call),
        "is_staff": is_staff,
        "decides": found.is_whole and request.user.has_perm(PREPARE, call),
        "board": found,
        "headers": [_header(column, sort) for column in columns],
        "rows": _rows(found, columns, sort, address_of_application(call, is_staff=is_staff)),
        "column_count": len(columns),
        "severity": [
            (member, f"{points:+.1f}".replace("-", "\N{MINUS SIGN}"))
            for member, points in found.severity
        ]
        if is_staff
        else [],
        "csv_address": f"?sort={sort}&download=csv" if sort != RANK else "?download=csv",
        "jobs": some_of(
            minutes_for(request.user, call, is_whole=found.is_whole), request.GET, "files"
        ),
        "draws": f"{DRAWS:,}",
        "seed": SEED,
        "interval": f"{INTERVAL:.0%}",
        "band_from": f"{BAND:.0%}",
        "band_to": f"{1 - BAND:.0%}",
    }
    return render(request, "programmes/board.html", context)


@require_POST
def minutes(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Ask for the board as minutes of the meeting, as a PDF."""
    call = call_of_board(request, slug, number)
    if waiting_for(request.user, call):
        return redirect("programmes:board", slug, number)
    job = request_minutes(call=call, by=request.user)
    return redirect("documents:job", pk=job.pk)


def call_of_board(request: SignedInRequest, slug: str, number: int) -> Call:
    return fetch(
        request.user,
        calls(),
        view=KNOWN,
        needs=VIEW,
        cohort__programme__slug=slug,
        cohort__number=number,
    )


def _sort(columns: list[Column], asked: str) -> str:
    known = {column.key for column in columns}
    return asked if asked.removeprefix("-") in known else RANK


def _header(column: Column, sort: str) -> Header:
    now = sort.removeprefix("-") == column.key
    down = sort.startswith("-")
    return Header(
        column.key,
        column.label,
        column.is_number,
        f"?sort=-{column.key}" if now and not down else f"?sort={column.key}",
        ("descending" if down else "ascending") if now else "none",
    )


def address_of_application(call: Call, *, is_staff: bool) -> Address | None:
    """Where an application is read: by staff, or by a member who reads them all."""
    if is_staff:
        return lambda row: reverse("programmes:application", kwargs={"pk": row.pk})
    if call.reading != Reading.ALL or not switches_of(call).members_read:
        return None
    where = {"slug": call.cohort.programme.slug, "number": call.cohort.number}
    return lambda row: reverse("programmes:score", kwargs={**where, "application": row.number})


def _rows(found: Board, columns: list[Column], sort: str, address: Address | None) -> list[Row]:
    _, *others = columns
    rows = [
        Row(
            cells=SafeString(head(line, address) + "".join(column.cell(line) for column in others)),
            is_in_band=line.place.is_in_band,
        )
        for line in in_order(found, columns, sort)
    ]
    ranked = [line for line in found.lines if line.place.rank is not None]
    if sort == RANK and found.places is not None and len(ranked) >= found.places:
        rows.insert(found.places, Row(is_line=True))
    return rows


def _as_csv(found: Board, columns: list[Column]) -> HttpResponse:
    """The same rows as a file, first rank first."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Number", *(harmless(column.label) for column in columns), "Members to score"])
    for line in found.lines:
        values = [exported(column.exported(line)) for column in columns]
        writer.writerow([line.application.reference, *values, line.readers])
    # A byte order mark, without which Excel reads é as Ã©.
    response = HttpResponse(
        text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="board.csv"'
    return response
