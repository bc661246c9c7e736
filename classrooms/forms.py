"""Text to values; what is wrong is said in the reader's language."""

from allauth.account.forms import SignupForm


class TeacherSignupForm(SignupForm):
    """A teacher signs up."""
