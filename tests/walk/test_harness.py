"""That the walk would notice."""

from tests.walk import SIGN_IN, Kind, Row, answers


def test_a_later_name_overrides_an_earlier_group() -> None:
    table = answers(404, members=403, staff=200)
    assert (table[Kind.STAFF], table[Kind.OPERATOR], table[Kind.NO_ROLE]) == (200, 403, 404)
    assert table[Kind.ANONYMOUS] == SIGN_IN


def test_a_row_without_post_expects_refusal() -> None:
    assert Row("x", get=answers(200)).post[Kind.ANONYMOUS] == SIGN_IN
    assert Row("x", get=answers(200, anonymous=200)).post[Kind.ANONYMOUS] == 405
