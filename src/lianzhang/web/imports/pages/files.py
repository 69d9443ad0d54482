"""Files that leave the import centre."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lianzhang.tables.rejects import rejects_csv, rejects_workbook
from lianzhang.web.bulletins import originals
from lianzhang.web.imports import words
from lianzhang.web.imports.actions.see_through import look_through
from lianzhang.web.imports.pages.access import batch_for
from lianzhang.web.people.permission import require

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require("import.see")
@require_safe
def rejects(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The bad rows as the user's own file, red cells and reasons in it."""
    batch = batch_for(request, batch_id)
    examined = look_through(batch)
    stem = batch.name.rsplit(".", 1)[0]
    if examined.book.format in ("csv", "tsv"):
        content = rejects_csv(
            examined.checked,
            encoding=examined.book.encoding,
            separator="\t" if examined.book.format == "tsv" else ",",
            language=words.language(),
        )
        return file_response(content, f"{stem}_退回.csv")
    content = rejects_workbook(examined.checked, originals.fetch(batch.sha256), language=words.language())
    return file_response(content, f"{stem}_退回.xlsx")


def file_response(content: bytes, name: str) -> HttpResponse:
    """A file to save, whatever it is; never shown in the browser."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "_" for sign in name)
    kind = _XLSX if name.endswith(".xlsx") else "text/csv; charset=utf-8"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
