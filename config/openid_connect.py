"""The settings of one OpenID Connect provider, as django-allauth wants them."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured


def provider(
    *, server_url: str, client_id: str, client_secret: str, name: str
) -> dict[str, dict[str, Any]]:
    """SOCIALACCOUNT_PROVIDERS: empty when nothing is set; half set is a fault."""
    given = {
        "OIDC_SERVER_URL": server_url,
        "OIDC_CLIENT_ID": client_id,
        "OIDC_CLIENT_SECRET": client_secret,
    }
    missing = [setting for setting, value in given.items() if not value]
    if len(missing) == len(given):
        return {}
    if missing:
        raise ImproperlyConfigured(
            f"OpenID Connect needs {', '.join(given)}; not set: {', '.join(missing)}."
        )
    app = {
        "provider_id": "oidc",
        "name": name,
        "client_id": client_id,
        "secret": client_secret,
        "settings": {"server_url": server_url, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}
