"""Fields for what people type about calls: amounts, moments in a time zone, lines of a list."""

from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms.wording import DATE_EXAMPLE, NOTHING_INVISIBLE
from programmes.answers.amounts import amount_in_words, read_amount

MOMENT = "%-d %B %Y %H:%M"
YEARS = range(2000, 2101)


class MoneyField(forms.DecimalField):
    """Pounds, as people write them: `£10,000`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "For example, £10,000")
        kwargs.setdefault("widget", forms.TextInput({"class": "govuk-input--width-10"}))
        super().__init__(min_value=0, max_digits=12, decimal_places=2, **kwargs)

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str):
            return super().to_python(value)
        try:
            return read_amount(value) if value.strip() else None
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        """Without pence where there are none."""
        if value is None or isinstance(value, str):
            return value
        return amount_in_words(value).removeprefix("£")


class LinesField(forms.CharField):
    """A list, one on each line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 5}), **kwargs)

    def to_python(self, value: Any) -> Any:
        lines = [" ".join(line.split()) for line in (super().to_python(value) or "").splitlines()]
        return [line for line in lines if line]

    def run_validators(self, value: Any) -> None:
        for line in value:
            NOTHING_INVISIBLE(line)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class MomentField(forms.DateTimeField):
    """A date and time on the clocks of a place: without a time zone, which `in_zone` adds."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", f"For example, {DATE_EXAMPLE} 12:00")
        super().__init__(widget=forms.DateTimeInput(format=MOMENT), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value

    def to_python(self, value: Any) -> Any:
        """Not as Django reads it, which puts it into the time zone of the server."""
        words = " ".join(str(value or "").replace(",", " ").split())
        if not words:
            return None
        for form in self.input_formats or ():
            moment = _read(words, str(form))
            if moment and moment.year in YEARS:
                return moment
        raise ValidationError(self.error_messages["invalid"], code="invalid")


class TimeZoneField(forms.CharField):
    """The name of a time zone, as the IANA database has it."""

    def clean(self, value: Any) -> str:
        name = super().clean(value)
        found = _zones().get(name.replace(" ", "_").casefold())
        if found is None:
            raise ValidationError("Enter the name of a time zone, like Europe/London")
        return found


def _read(words: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(words, form)  # noqa: DTZ007 `in_zone` adds it
    except ValueError:
        return None


def in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
    """A moment typed by somebody who looks at the clocks of `zone`."""
    offsets = {moment.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}
    if len(offsets) > 1:  # an hour that the clocks skip or show twice
        raise ValidationError(
            f"The clocks change at that time in {zone.key}. Enter an earlier or later time"
        )
    return moment.replace(tzinfo=zone)


def on_the_clock(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    """The same the other way round: what the clocks of `zone` show, to the minute."""
    shown = moment.astimezone(zone) if moment else None
    return shown.replace(second=0, microsecond=0, tzinfo=None) if shown else None


@cache
def _zones() -> dict[str, str]:
    """{name in small letters: name}; reading them from disk takes a while."""
    return {name.casefold(): name for name in available_timezones() if "/" in name or name == "UTC"}
