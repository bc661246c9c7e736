"""A student's receipt, and the page on which anybody can see that a receipt is the portal's."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from classrooms import receipts
from classrooms.access import for_everyone, for_students, user_of
from classrooms.models import HandIn
from classrooms.queries.hand_ins import own_work
from classrooms.slips.squares import as_svg_path


@for_students
def hand_in_receipt(request: HttpRequest, hand_in_id: int) -> HttpResponse:
    """What was handed in, when, with what was found, and later mark and comment."""
    own = HandIn.objects.filter(student__user=user_of(request))
    row = get_object_or_404(
        own.select_related(
            "class_practice__practice", "class_practice__class_group", "student", "layer_look"
        ),
        pk=hand_in_id,
    )
    signature = receipts.signature_of(row)
    address = settings.BASE_URL + reverse("receipt_shown", args=[row.receipt, signature])
    side, path = as_svg_path(address)
    context = {
        "row": row,
        "given": row.class_practice,
        "work": own_work(row.class_practice, row.student),
        "signature": signature,
        "address": address,
        "side": side,
        "path": path,
    }
    return render(request, "classrooms/student/receipt.html", context)


@for_everyone
def receipt_check(request: HttpRequest) -> HttpResponse:
    """Asks for number and signature, as they stand on a receipt."""
    number, signature = request.GET.get("number", "").strip(), request.GET.get("signature", "").strip()
    if not number and not signature:
        return render(request, "classrooms/student/receipt_check.html", {})
    return _shown(request, number[:40], signature[:200])


@for_everyone
def receipt_shown(request: HttpRequest, number: str, signature: str) -> HttpResponse:
    """Whether this receipt is the portal's. Without its signature nobody learns that there is such a number."""
    return _shown(request, number, signature)


def _shown(request: HttpRequest, number: str, signature: str) -> HttpResponse:
    rows = HandIn.objects.select_related("class_practice")
    row = rows.filter(receipt=receipts.plain_number(number)).first()
    is_genuine = row is not None and receipts.is_genuine(row, signature)
    context = {
        "row": row if is_genuine else None,
        "is_checked": True,
        "number": number,
        "signature": signature,
    }
    return render(
        request, "classrooms/student/receipt_check.html", context, status=200 if is_genuine else 404
    )
