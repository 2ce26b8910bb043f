from tests.walk import SIGN_IN, Row, answers

ROWS = [
    Row(
        "account_login",
        get=answers(302, anonymous=200),
        post=answers(302, anonymous=200),
    ),
    Row(
        "account_confirm_login_code",
        get=answers(302, anonymous=SIGN_IN),
        post=answers(302, anonymous=SIGN_IN),
    ),
    Row(
        "account_logout",
        get=answers(200, anonymous=302),
        post=answers(302, anonymous=302),
    ),
    Row("account_inactive", get=answers(200, everyone=200)),
]
