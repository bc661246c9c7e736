"""What allauth may do: who signs up, where sign-in leads."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Signing up is for teachers; students open their account with a code."""
