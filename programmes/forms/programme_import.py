from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.forms.wording import Form
from programmes.importing.opening import MAX_FILE


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files; each is checked as one is."""

    widget = FilesInput

    def clean(self, value: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        several = value if isinstance(value, (list, tuple)) else [value]
        return [super(FilesField, self).clean(one, initial) for one in several or [None]]


class ImportForm(Form):
    upload = FilesField(
        label="Workbook or CSV files",
        help_text=(
            "One Excel workbook (.xlsx), or several CSV files, or a zip of them."
            f" At most {MAX_FILE // 2**20} MB."
        ),
        max_length=200,
        error_messages={"required": "Choose a workbook or CSV files"},
    )

    def clean_upload(self) -> list[UploadedFile[Any]]:
        files: list[UploadedFile[Any]] = self.cleaned_data["upload"]
        if sum(file.size or 0 for file in files) > MAX_FILE:
            raise forms.ValidationError(
                f"The files are larger than {MAX_FILE // 2**20} MB together. Split them"
            )
        return files

    def contents(self) -> list[tuple[str, bytes]]:
        return [(str(file.name), file.read()) for file in self.cleaned_data["upload"]]
