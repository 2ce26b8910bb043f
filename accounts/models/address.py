"""E-mail addresses as we keep them."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _EmailField = models.EmailField[str, str]
else:
    _EmailField = models.EmailField


class AddressField(_EmailField):
    """An e-mail address in lower case, whatever is written or looked for."""

    def to_python(self, value: Any) -> Any:
        return _lowered(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:
        return _lowered(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = _lowered(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


def _lowered(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value
