"""The pages for people: accounts, organizations, access tokens, and the inbox with its invitations.

Server-rendered and plain. They stand for what a person does on hub.docker.com with a browser.
"""

from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from .answers import here
from .people import DEMO_PASSWORD
from .records import Invite, Organization
from .refusals import Refusal
from .texts import language, say

pages = Blueprint("pages", __name__)
SHOWN_REQUESTS = 30


@pages.app_context_processor
def words() -> dict[str, Any]:
    return {
        "t": say,
        "language": language(),
        "me": my_name(),
        "world": here(),
        "demo_password": DEMO_PASSWORD,
    }


def my_name() -> str | None:
    username = session.get("username")
    return username if username in here().users else None


def problem(sentence: str, status: int) -> tuple[str, int]:
    return render_template("problem.html", sentence=sentence), status


@pages.get("/")
def front() -> str:
    asked = list(here().journal.requests)[-SHOWN_REQUESTS:]
    return render_template("front.html", asked=asked[::-1])


@pages.route("/signup", methods=["GET", "POST"])
def sign_up() -> str | Response | tuple[str, int]:
    if request.method == "GET":
        return render_template("sign_up.html", error=None)
    form = request.form
    try:
        user = here().add_user(
            form["username"].strip().lower(),
            email=form["email"].strip(),
            password=form["password"] or DEMO_PASSWORD,
            full_name=form.get("full_name", "").strip(),
        )
    except Refusal as refusal:
        return render_template("sign_up.html", error=say(str(refusal))), 400
    here().journal.touch()
    session["username"] = user.username
    return onward()


@pages.route("/signin", methods=["GET", "POST"])
def sign_in() -> str | Response | tuple[str, int]:
    if request.method == "GET":
        return render_template("sign_in.html", error=None)
    user = here().find_user(request.form["username"].strip())
    if user is None or not here().knows_password(user, request.form["password"]):
        return render_template("sign_in.html", error=say("Docker ID or password are not right.")), 400
    session["username"] = user.username
    return onward()


@pages.post("/signout")
def sign_out() -> Response:
    session.clear()
    return redirect(url_for("pages.front"))


def onward() -> Response:
    """To the page that sent the person here, if it is one of ours."""
    following = request.values.get("next", "")
    is_ours = following.startswith("/") and not following.startswith(("//", "/\\"))
    return redirect(following if is_ours else url_for("pages.front"))


def to_sign_in() -> Response:
    return redirect(url_for("pages.sign_in", next=request.full_path.rstrip("?")))


@pages.route("/orgs/create", methods=["GET", "POST"])
def create_organization() -> str | Response | tuple[str, int]:
    me = my_name()
    if me is None:
        return to_sign_in()
    if request.method == "GET":
        return render_template("organization_new.html", error=None)
    form = request.form
    try:
        here().add_organization(
            form["name"].strip().lower(),
            owner=me,
            seats=request.form.get("seats", 0, type=int),
            full_name=form.get("full_name", "").strip(),
        )
    except Refusal as refusal:
        return render_template("organization_new.html", error=say(str(refusal))), 400
    here().journal.touch()
    return redirect(url_for("pages.organization", name=form["name"].strip().lower()))


def is_owner(name: str) -> bool:
    return my_name() in here().owners.get(name, {})


@pages.get("/orgs/<name>")
def organization(name: str) -> str | tuple[str, int]:
    one = here().organizations.get(name)
    if one is None:
        return problem(say("This page does not exist"), 404)
    return render_template("organization.html", one=one, is_owner=is_owner(name), **rows_of(one))


def rows_of(one: Organization) -> dict[str, Any]:
    world = here()
    return {
        "teams": list(world.teams[one.name].values()),
        "members": list(world.members[one.name].values()),
        "invites": list(world.pending_invites[one.name].values()),
        "repositories": list(world.repositories[one.name].values()),
        "seats_used": world.seats_used(one.name),
    }


@pages.post("/orgs/<name>/<act>/<thing>")
def change_by_hand(name: str, act: str, thing: str) -> Response | tuple[str, int]:
    """What an owner does by hand: what the portal did is then no longer there."""
    me, world = my_name(), here()
    if me is None:
        return to_sign_in()
    if not is_owner(name):
        return problem(say("Only an owner of the organization can see this page. Sign in as one."), 403)
    try:
        if act == "delete-team":
            world.delete_team(world.get_team(name, thing), actor=me)
        elif act == "remove-member":
            world.remove_member(name, thing, actor=me)
        elif act == "expire-invite":
            world.expire_invite(thing)
        elif act == "delete-token":
            world.delete_token(world.get_token(name, thing), actor=me)
            return redirect(url_for("token_pages.of_organization", name=name))
    except Refusal as refusal:
        return problem(say(str(refusal)), refusal.status)
    finally:
        world.journal.touch()
    return redirect(url_for("pages.organization", name=name))


@pages.get("/inbox")
def inbox() -> str:
    """Mail and notifications of one person. Nobody's mail is secret here: that is what the page is for."""
    world = here()
    address = (request.args.get("address") or my_name() or "").strip()
    user = world.find_user(address)
    names = [user.username, user.email] if user else [address] if address else []
    waiting = world.pending_for(user, address) if address else []
    others = sorted({key for pending in world.pending_invites.values() for key in list(pending)[:50]})
    return render_template(
        "inbox.html", address=address, user=user, names=names, waiting=waiting, others=others[:50]
    )


@pages.post("/inbox/<invite_id>/<act>")
def answer_invite(invite_id: str, act: str) -> Response | tuple[str, int]:
    world, address = here(), request.form.get("address", "")
    try:
        invite: Invite = world.get_invite(invite_id)
        if act == "accept":
            world.accept_invite(invite.id, world.username_by_email.get(address.lower(), address.lower()))
        elif act == "decline":
            world.decline_invite(invite.id)
    except Refusal as refusal:
        return problem(say(str(refusal)), refusal.status)
    world.journal.touch()
    return redirect(url_for("pages.inbox", address=address))
