"""Docker users: sign-up and sign-in."""

import re
from hmac import compare_digest

from .audit import Audit
from .records import User
from .refusals import validation

DOCKER_ID = re.compile(r"[a-z0-9]{4,30}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
DEMO_PASSWORD = "demo-demo-demo"  # noqa: S105  (shown on the pages; there is nothing to protect here)


class People(Audit):
    def add_user(
        self,
        username: str,
        *,
        email: str | None = None,
        password: str = DEMO_PASSWORD,
        full_name: str = "",
        second_factor: str | None = None,
        email_verified: bool = True,
    ) -> User:
        """Sign up a person; refuses a name or an address that is taken or against the rules."""
        address = email or f"{username}@example.com"
        self._refuse_name(username)
        if not EMAIL.fullmatch(address) or address.lower() in self.username_by_email:
            raise validation("fielderrors", email="This email address is already in use or not valid.")
        user = User(
            username=username,
            email=address,
            password=password,
            full_name=full_name,
            second_factor=second_factor,
            email_verified=email_verified,
            joined_at=self.clock.now(),
        )
        self.put(user)
        return user

    def find_user(self, name_or_email: str) -> User | None:
        """The user with this Docker ID or e-mail address."""
        username = self.username_by_email.get(name_or_email.lower(), name_or_email.lower())
        return self.users.get(username)

    def knows_password(self, user: User, password: str) -> bool:
        return compare_digest(user.password.encode(), password.encode())

    def _refuse_name(self, name: str) -> None:
        # Hub: people and organizations share one namespace and one rule for names.
        if not DOCKER_ID.fullmatch(name):
            raise validation("fielderrors", name="A name has 4 to 30 lower-case letters and digits.")
        if name in self.users or name in self.organizations:
            raise validation("fielderrors", name="This name is already taken.")
