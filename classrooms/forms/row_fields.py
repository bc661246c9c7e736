"""Fields that choose rows of the database."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in its stubs only
    """Several rows. An id that is longer than any is none of them, where SQLite would end in an error."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid_list"], code="invalid_list") from None
