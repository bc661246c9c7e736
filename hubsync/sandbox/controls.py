"""The page with the switches, the faults and the clock."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .answers import here
from .faults import KINDS
from .limits import NUMBERS, UNLIMITED
from .pages import problem
from .switches import CHOICES

controls = Blueprint("controls", __name__)


@controls.get("/controls")
def show() -> str:
    world = here()
    return render_template(
        "controls.html",
        choices=CHOICES,
        kinds=KINDS,
        rules=world.faults.rules,
        limits={name: getattr(world.limits, name) for name in NUMBERS},
        unlimited=UNLIMITED,
        pulls=world.limits.used_pulls(world.clock.now()),
    )


@controls.post("/controls/switches")
def turn() -> Response | tuple[str, int]:
    """Any of the switches by name; those not sent stay."""
    try:
        for name, value in request.form.items():
            here().switches.turn(name, value)
    except ValueError as error:
        return problem(str(error), 400)
    return back()


@controls.post("/controls/limits")
def set_limits() -> Response | tuple[str, int]:
    """Any of the numbers by name, empty for no limit, and `pull_headers` as 1 or 0; those not sent stay."""
    try:
        for name, value in request.form.items():
            here().limits.set(name, int(value) if value else None)
    except ValueError as error:
        return problem(str(error), 400)
    return back()


@controls.post("/controls/pulls/forget")
def forget_pulls() -> Response:
    """Nobody has pulled anything yet."""
    limits = here().limits
    limits.windows = {key: one for key, one in limits.windows.items() if key[:6] != "pulls "}
    return back()


@controls.post("/controls/faults")
def add_fault() -> Response | tuple[str, int]:
    form = request.form
    try:
        here().faults.add(
            form["kind"],
            method=form.get("method") or "*",
            path=form.get("path") or "*",
            times=int(form["times"]) if form.get("times") else None,
            chance=float(form.get("chance") or 1),
            seconds=float(form.get("seconds") or 0.2),
            status=int(form.get("status") or 503),
        )
    except ValueError as error:
        return problem(str(error), 400)
    return back()


@controls.post("/controls/faults/clear")
def clear_faults() -> Response:
    here().faults.clear()
    return back()


@controls.post("/controls/clock")
def move_clock() -> Response:
    here().clock.move(hours=request.form.get("hours", 0.0, type=float))
    return back()


def back() -> Response:
    here().journal.touch()
    return redirect(url_for("controls.show"))
