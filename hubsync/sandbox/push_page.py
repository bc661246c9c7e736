"""Pushing an image by hand: what `docker push` does, for people who try things out without an engine."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .answers import here
from .pages import is_owner, my_name, problem, to_sign_in
from .refusals import Refusal
from .texts import say

MEGABYTE = 1_000_000
PLATFORMS = ("linux/amd64", "linux/arm64/v8")

push_page = Blueprint("push_page", __name__)


@push_page.route("/orgs/<name>/push", methods=["GET", "POST"])
def push(name: str) -> str | Response | tuple[str, int]:
    """A repository is made with its first image, as a push does; pushed again, the tag gets another digest."""
    if my_name() is None:
        return to_sign_in()
    if not is_owner(name):
        return problem(say("Only an owner of the organization can see this page. Sign in as one."), 403)
    if request.method == "GET":
        return render_template("push.html", name=name, platforms=PLATFORMS, error=None)
    try:
        _push(name, str(my_name()))
    except Refusal as refusal:
        page = render_template("push.html", name=name, platforms=PLATFORMS, error=say(str(refusal)))
        return page, 400
    here().journal.touch()
    return redirect(url_for("pages.organization", name=name))


def _push(namespace: str, actor: str) -> None:
    world, form = here(), request.form
    repository = form.get("repository", "").strip()
    if repository not in world.repositories[namespace]:
        is_private = form.get("visibility") == "private"
        world.add_repository(namespace, repository, is_private=is_private, actor=actor)
    platforms = [one for one in form.getlist("platforms") if one in PLATFORMS] or [PLATFORMS[0]]
    size = form.get("megabytes", 50, type=int) * MEGABYTE
    tag = form.get("tag", "").strip() or "latest"
    world.push_tag(namespace, repository, tag, platforms=platforms, size_bytes=size, pushed_by=actor)
