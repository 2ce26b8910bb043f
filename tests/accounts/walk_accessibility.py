from tests.walk import Row, answers

ROWS = [Row("accounts:accessibility", get=answers(200, anonymous=200))]
