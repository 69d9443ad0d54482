"""A column for numbers as they were stated: exact, with the digits the document gave, never a float."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from lianzhang.kernel import QuantityError
from lianzhang.kernel.quantity import decimal


class StatedNumber(models.Field):
    """A Decimal that comes back digit for digit: 318.40 stays 318.40.

    PostgreSQL keeps it as an unbounded numeric. SQLite would turn a decimal column into a binary float,
    so there it is text; nothing sums or orders these columns inside the database.
    """

    description = "exact decimal as stated"

    def db_type(self, connection: Any) -> str:
        """The column type of the database."""
        return "numeric" if connection.vendor == "postgresql" else "text"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        """What the database holds, as Decimal."""
        return None if value is None else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:
        """Read anything that states a number plainly."""
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return decimal(value)
        except QuantityError as error:
            raise ValidationError(_("请只填数字。")) from error

    def get_prep_value(self, value: Any) -> Decimal | None:
        """The value as Python holds it."""
        return self.to_python(super().get_prep_value(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """The value as the driver takes it."""
        number = value if prepared else self.get_prep_value(value)
        if number is None or connection.vendor == "postgresql":
            return number
        return format(number, "f")

    def value_to_string(self, obj: models.Model) -> str:
        """Digits for exports and fixtures."""
        number = self.value_from_object(obj)
        return "" if number is None else format(number, "f")
