"""Nobody in the demonstration is shown a link that they may not follow, or that leads nowhere."""

import pytest
from django.test import Client

from accounts.models import Person
from tests.evaluation.demonstrated import demonstrate
from tests.page.links import follow, links_in

# Not in one transaction: closing a file that was answered closes the connection too.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.usefixtures("seal_key")
def test_every_link_that_a_person_sees_leads_somewhere() -> None:
    demonstrate()
    broken = []
    for person in Person.objects.filter(is_invented=True):
        client = Client()
        client.force_login(person)
        followed = list(follow(client))
        assert len(followed) > 10, person
        broken += [
            f"{person}: {page.path} answers {page.status} (from {page.found_on})"
            for page in followed
            if page.status not in (200, 302)
        ]
    assert broken == []


def test_links_are_found_where_they_stand() -> None:
    html = """<a href="/places/?page=2#top">2</a> <a href="edit/">Change</a> <a name="x">no link</a>
      <a href="https://example.org/">Elsewhere</a> <a href="mailto:a@example.org">Mail</a>
      <div hx-get="/panel/"></div> <form method="post" action="/send/"></form>
      <form action="/find/"></form> <img src="/static/x.png">"""
    assert links_in(html, "/places/leeds/") == [
        "/places/?page=2",
        "/places/leeds/edit/",
        "/panel/",
        "/find/",
    ]
