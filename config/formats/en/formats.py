"""Dates and times in British order; day before month wherever both are numbers."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATETIME_FORMAT = "j M Y, H:i"

# What may be typed into a date field.
DATE_INPUT_FORMATS = [
    "%d %B %Y",
    "%d %b %Y",
    "%d/%m/%Y",
    "%d/%m/%y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%d %m %Y",
    "%Y-%m-%d",
]
DATETIME_INPUT_FORMATS = [f"{date} %H:%M" for date in DATE_INPUT_FORMATS]
