"""Files that answer a question: what is taken, what is refused in words, and under which name."""

import io
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from programmes.models import Answer, Application, AttachedFile, QuestionKind
from tests import builders
from tests.evaluation.extraction import files
from tests.programmes.selection.answering import html, page_of, post, value_of

pytestmark = pytest.mark.django_db

TURNED = "\u202e"


@pytest.fixture
def application() -> Application:
    return builders.application(builders.call(questions=[{"kind": QuestionKind.FILE}]))


@pytest.fixture(autouse=True)
def writer(application: Application, client: Client) -> Person:
    person = Person.objects.get(pk=application.started_by_id)
    client.force_login(person)
    return person


def send(client: Client, application: Application, name: str, content: bytes) -> Any:
    number = getattr(application.answers.first(), "number", 0)
    answer = SimpleUploadedFile("file", content)
    answer.name = name  # as a browser of somebody who means no good sends it
    address = reverse("programmes:answer", args=[application.pk, "q1"])
    return client.post(address, {"based_on": number, "window": "w", "answer": answer})


def changed(content: bytes, change: Any = lambda pdf: None, **options: Any) -> bytes:
    """A PDF saved again with something else about it."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(made, **options)
    return made.getvalue()


def with_password(password: str) -> bytes:
    encryption = pikepdf.Encryption(user=password, owner="owner")
    return changed(files.pdf("We met."), encryption=encryption)


def with_script() -> bytes:
    def change(pdf: Any) -> None:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.Root.OpenAction = action

    return changed(files.pdf("We met."), change)


def test_a_file_that_cannot_be_taken_is_refused_and_the_one_before_stays(
    client: Client, application: Application
) -> None:
    send(client, application, "letter.pdf", files.pdf("We met."))
    for name, content, sentence in (
        ("empty.pdf", b"", "This file is empty"),
        ("virus.pdf", b"MZ\x90\0\x03\0\0\0" + b"\0" * 99, "This kind of file cannot be read."),
        ("locked.pdf", with_password("secret"), "This PDF is protected by a password."),
        ("cut.pdf", b"%PDF-1.7 and no more", "This PDF is damaged."),
        ("page.txt", b"<!DOCTYPE html><script>", "This is a web page."),
        ("letter.pdf", b"\x89PNG\r\n", "This is a picture. Choose one of these"),
    ):
        page = send(client, application, name, content).content.decode()
        assert sentence in page, name
        assert 'class="govuk-error-message"' in page, name  # beside the field
        assert "letter.pdf" in page, name
    assert AttachedFile.objects.count() == 1
    assert Answer.objects.get().number == 1


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    client: Client, application: Application, settings: Any
) -> None:
    settings.UPLOAD_LIMIT_MB = 1
    refused = send(client, application, "long.txt", b"x" * (1024 * 1024 + 1))
    assert refused.status_code == 413
    assert "1 MB" in refused.content.decode()
    assert not AttachedFile.objects.exists()


@pytest.mark.parametrize("make", [lambda: with_password(""), with_script])
def test_a_pdf_that_opens_is_taken_and_only_ever_downloaded(
    client: Client, application: Application, make: Any
) -> None:
    send(client, application, "plan.pdf", make())
    attached = AttachedFile.objects.get()
    address = reverse("programmes:application_file", args=[application.pk, attached.pk])
    response = client.get(address)
    response.getvalue()
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("plan.exe", "plan.exe.pdf"),
        ("plan.PDF", "plan.PDF"),
        (f"plan{TURNED}fdp.exe", "planfdp.exe.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\win.ini", "win.ini.pdf"),
        ("<script>alert(1)</script>.pdf", "script>.pdf"),
        ("نص.pdf", "نص.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        (f"{'x' * 300}/{TURNED}" + "y" * 300, "y" * 196 + ".pdf"),
    ],
)
def test_a_name_says_what_the_file_is_and_nothing_else(
    client: Client, application: Application, name: str, kept: str
) -> None:
    assert send(client, application, name, files.pdf("We met.")).status_code == 302
    assert AttachedFile.objects.get().file_name == kept


def test_a_word_document_called_otherwise_is_one(client: Client, application: Application) -> None:
    send(client, application, "plan.exe", files.word(lambda document: None))
    assert AttachedFile.objects.get().file_name == "plan.exe.docx"


def test_a_file_is_sent_replaced_fetched_and_taken_away(
    client: Client, application: Application
) -> None:
    pdf = files.pdf("We met.")
    send(client, application, "letter.pdf", pdf)
    attached = AttachedFile.objects.get()
    page = html(client.get(page_of(application, "q1")))
    assert "letter.pdf" in page
    path = reverse("programmes:application_file", args=[application.pk, attached.pk])
    assert path in page
    response = client.get(path)
    assert response.getvalue() == pdf
    assert response["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    post(client, application, "q1", 1, remove="yes")
    assert value_of(application, "q1") is None
    assert client.get(path).getvalue() == pdf  # a submission may hold it


def test_a_file_of_another_application_is_not_there(
    client: Client, application: Application, writer: Person
) -> None:
    send(client, application, "a.txt", b"We met.")
    other = builders.application(by=writer)
    attached = AttachedFile.objects.get()
    path = reverse("programmes:application_file", args=[other.pk, attached.pk])
    assert client.get(path).status_code == 404
