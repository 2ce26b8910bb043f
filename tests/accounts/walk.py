from tests import builders
from tests.accounts.soft_key import registered
from tests.walk import SIGN_IN, Kind, Row, World, answers

PUBLIC = answers(200, anonymous=200)
UNKNOWN = answers(404, anonymous=404)
BY_SIGNED_OUT = answers(302, anonymous=200)
MID_SIGN_IN = answers(302, anonymous=SIGN_IN)  # only whoever has just asked for a code
# The enabler has a passkey, and is asked for it before changing how they sign in.
SECURED = answers(200, enabler=302)


def furnish(world: World) -> None:
    world.extra.invitation = builders.invitation(world.programme, by=world.people[Kind.STAFF])
    world.extra.passkey = registered(world.people[Kind.ENABLER])


def passkey(world: World) -> dict[str, object]:
    return {"pk": world.extra.passkey.pk}


def token(world: World) -> dict[str, object]:
    return {"token": builders.TOKEN}


def provider(world: World) -> dict[str, object]:
    return {"provider_id": "oidc"}


ROWS = [
    Row("home", get=answers(200)),
    Row("accounts:undelivered_mail", get=answers(404, operator=200)),
    Row("accounts:privacy", get=PUBLIC),
    Row("accounts:account", get=answers(200), post=answers(200)),
    Row("accounts:invitation", token, get=PUBLIC, post=answers(200, anonymous=302)),
    Row("account_login", get=BY_SIGNED_OUT, post=BY_SIGNED_OUT),
    Row("account_confirm_login_code", get=MID_SIGN_IN, post=MID_SIGN_IN),
    Row("mfa_login_webauthn", get=MID_SIGN_IN, post=MID_SIGN_IN),
    Row("mfa_authenticate", get=MID_SIGN_IN, post=MID_SIGN_IN),
    Row("account_logout", get=answers(200), post=answers(302, everyone=SIGN_IN)),
    Row("account_inactive", get=PUBLIC),
    Row("mfa_index", get=answers(200)),
    Row("mfa_reauthenticate", get=answers(403, enabler=302), post=answers(403, enabler=302)),
    Row("mfa_activate_totp", get=SECURED, post=SECURED),
    Row("mfa_deactivate_totp", get=answers(404), post=answers(404)),
    Row("mfa_add_webauthn", get=SECURED, post=SECURED),
    Row(
        "mfa_reauthenticate_webauthn",
        get=answers(403, enabler=200),
        post=answers(403, enabler=SIGN_IN),
    ),
    Row(
        "mfa_edit_webauthn", passkey, get=answers(404, enabler=302), post=answers(404, enabler=302)
    ),
    Row(
        "mfa_remove_webauthn",
        passkey,
        get=answers(404, enabler=302),
        post=answers(404, enabler=302),
    ),
    Row("mfa_view_recovery_codes", get=answers(404)),
    Row("mfa_generate_recovery_codes", get=SECURED, post=SECURED),
    # No provider is set here, so there is none to be found.
    Row("openid_connect_login", provider, get=UNKNOWN, post=UNKNOWN),
    Row("openid_connect_callback", provider, get=UNKNOWN, post=UNKNOWN),
    Row("socialaccount_login_cancelled", get=PUBLIC),
]
