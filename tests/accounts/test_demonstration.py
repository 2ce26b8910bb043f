"""Signing in as somebody invented, and that production has no such thing."""

import os
import subprocess
import sys

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.roles import Role
from tests import builders

DEMONSTRATION = "/accounts/demonstration/"


@pytest.fixture
def demonstration(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.accounts.demonstration_addresses"
    settings.DEMONSTRATION = True


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
class TestDemonstration:
    def test_one_click_signs_in_as_somebody_invented(self, client: Client) -> None:
        programme = builders.programme("Local Vision")
        staff = builders.staff(programme, name="Sam Staff", is_invented=True)
        builders.person("Nat Newcomer", is_invented=True)
        page = client.get(DEMONSTRATION).content.decode()
        for words in ("Sam Staff", "Local Vision", Role.STAFF.description, "No role yet"):
            assert words in page
        assert client.post(DEMONSTRATION, {"person": staff.pk}).url == "/"
        assert client.get("/accounts/").context["person"] == staff

    def test_the_sign_in_page_leads_there(self, client: Client) -> None:
        assert DEMONSTRATION in client.get("/accounts/sign-in/").content.decode()

    def test_real_people_are_neither_listed_nor_signed_in(self, client: Client) -> None:
        real = builders.person("Real Person")
        assert "Real Person" not in client.get(DEMONSTRATION).content.decode()
        assert client.post(DEMONSTRATION, {"person": real.pk}).status_code == 404

    @pytest.mark.parametrize("person", ["", "x", "0", "٣"])
    def test_nonsense_is_not_found(self, client: Client, person: str) -> None:
        assert client.post(DEMONSTRATION, {"person": person}).status_code == 404

    def test_whose_access_has_ended_is_not_signed_in(self, client: Client) -> None:
        gone = builders.person(is_invented=True, is_active=False)
        assert client.post(DEMONSTRATION, {"person": gone.pk}).status_code == 404

    def test_the_view_itself_refuses_elsewhere(self, client: Client, settings: Settings) -> None:
        settings.DEMONSTRATION = False
        assert client.get(DEMONSTRATION).status_code == 404


def start_django(**environment: str) -> subprocess.CompletedProcess[str]:
    """Django in a process of its own, asked whether the demonstration has an address and who needs
    a second step."""
    script = (
        "import django; django.setup()\n"
        "from django.urls import resolve, reverse, Resolver404, NoReverseMatch\n"
        f"try: print('address', resolve({DEMONSTRATION!r}).view_name)\n"
        "except Resolver404: print('no address')\n"
        "try: print('name', reverse('accounts_demonstration:demonstration'))\n"
        "except NoReverseMatch: print('no name')\n"
        "from django.conf import settings\n"
        "print('second step', settings.SECOND_FACTOR_REQUIRED)\n"
    )
    kept = {name: os.environ[name] for name in ("PATH", "REDIS_URL", "PLACEWORK_DATA")}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        env=kept | {"DJANGO_SETTINGS_MODULE": "config.settings"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
class TestModes:
    production = {
        "DATABASE_URL": "postgres://placework@db.example.org/placework",
        "SECRET_KEY": "a key of more than fifty characters, which is what it takes here",
        "ALLOWED_HOSTS": "placework.example.org",
        "EMAIL_URL": "submission://mail.example.org",
    }

    def test_production_has_no_such_address(self) -> None:
        started = start_django(**self.production)
        said = ["no address", "no name", "second step True"]
        assert started.stdout.splitlines() == said, started.stderr

    def test_a_demonstration_has_it(self) -> None:
        started = start_django(PLACEWORK_MODE="demonstration")
        assert "address accounts_demonstration:demonstration" in started.stdout, started.stderr

    def test_a_demonstration_opens_no_real_database(self) -> None:
        started = start_django(**self.production, PLACEWORK_MODE="demonstration")
        assert started.returncode != 0
        assert "A demonstration signs anyone in as anyone" in started.stderr
