"""The pages on which a person makes an access token, for an organization or for themselves."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from .access_tokens import PERSONAL_SCOPES
from .answers import here
from .pages import is_owner, my_name, problem, to_sign_in
from .refusals import Refusal
from .scopes import ORGANIZATION_SCOPES, PORTAL_SCOPES, REPOSITORY_SCOPES
from .texts import say

token_pages = Blueprint("token_pages", __name__)


@token_pages.route("/orgs/<name>/access-tokens", methods=["GET", "POST"])
def of_organization(name: str) -> str | Response | tuple[str, int]:
    """`?label=…&scopes=a,b` fills the form in, so that another page can lead here."""
    me, world = my_name(), here()
    if name not in world.organizations:
        return problem(say("This page does not exist"), 404)
    if me is None:
        return to_sign_in()
    if not is_owner(name):
        return problem(say("Only an owner of the organization can see this page. Sign in as one."), 403)
    error = value = None
    label, ticked = request.args.get("label", ""), request.args.get("scopes", "").replace(" ", ",").split(",")
    if request.method == "POST":
        label, ticked = request.form["label"].strip(), request.form.getlist("scopes")
        try:
            _, value = world.add_organization_token(name, label=label, scopes=ticked, created_by=me)
            label, ticked = "", []
        except Refusal as refusal:
            error = say(str(refusal))
        world.journal.touch()
    return render_template(
        "access_tokens.html",
        name=name,
        tokens=list(world.access_tokens[name].values()),
        label=label,
        ticked=ticked,
        value=value,
        error=error,
        portal_scopes=",".join(PORTAL_SCOPES),
        organization_scopes=ORGANIZATION_SCOPES,
        repository_scopes=REPOSITORY_SCOPES,
    )


@token_pages.route("/settings/personal-access-tokens", methods=["GET", "POST"])
def of_person() -> str | Response:
    """Access tokens of a person, for an account without an organization."""
    me, world, value, error = my_name(), here(), None, None
    if me is None:
        return to_sign_in()
    if request.method == "POST":
        label, scope = request.form["label"].strip(), request.form.get("scope", "")
        try:
            _, value = world.add_personal_token(me, label=label, scopes=[scope])
        except Refusal as refusal:
            error = say(str(refusal))
        world.journal.touch()
    tokens = list(world.access_tokens[me].values())
    return render_template(
        "personal_tokens.html", tokens=tokens, value=value, error=error, scopes=PERSONAL_SCOPES
    )
