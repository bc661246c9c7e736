"""The administration of the installation lets nobody in by a door of its own."""

from django.test import Client

from classrooms.models import User


def test_a_password_is_not_tried_at_the_administrations_own_form(reader: Client) -> None:
    User.objects.create_superuser("root", "", "correct horse battery")

    answer = reader.post("/admin/login/", {"username": "root", "password": "correct horse battery"})

    assert answer.headers["Location"].startswith("/account/login/?next=")
    assert "_auth_user_id" not in reader.session


def test_who_hosts_the_portal_comes_in_by_the_common_form(reader: Client) -> None:
    User.objects.create_superuser("root", "", "correct horse battery")

    answer = reader.post(
        "/account/login/?next=/admin/",
        {"login": "root", "password": "correct horse battery", "next": "/admin/"},
        follow=True,
    )

    assert answer.status_code == 200 and answer.request["PATH_INFO"] == "/admin/"


def test_a_teacher_finds_nothing_there(reader: Client, ana: User) -> None:
    reader.force_login(ana)

    assert reader.get("/admin/", follow=True).status_code == 403


def test_behind_a_proxy_one_visitor_does_not_use_up_the_sign_ins_of_all(reader: Client, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}

    def status(address: str) -> int:
        data = {"login": "nobody", "password": "x"}
        # What a client writes before the proxy's own entry is not believed.
        headers = {"x-forwarded-for": f"203.0.113.99, {address}"}
        return reader.post("/account/login/", data, headers=headers).status_code

    assert [status("203.0.113.1"), status("203.0.113.1"), status("203.0.113.2")] == [200, 429, 200]
