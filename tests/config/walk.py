from tests.walk import Row, answers

# In the tests nobody works, and it says so; what it says is tested beside.
UNWELL = answers(503, everyone=503)

ROWS = [Row("healthz", get=UNWELL, post=answers(405, everyone=405))]
