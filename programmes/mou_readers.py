"""Who can see what of an MOU: the promise that partners read, and that the permissions keep."""

from typing import NamedTuple

YES, NO = "Yes", "No"
SEALED_FILE = "In the sealed file"


class Readers(NamedTuple):
    """What one kind of thing is, and which readers see it. The columns of the table, in its order."""

    what: str
    partners: str = YES
    staff: str = YES
    evaluators: str = YES
    links: str = NO
    anybody: str = NO

    @property
    def answers(self) -> tuple[str, ...]:
        return self[1:]


COLUMNS = Readers(
    what="What",
    partners="Other partners of your place, and the enabler",
    staff="Programme staff",
    evaluators="Evaluators and operators",
    links="Whoever was sent a link to sign or to read",
    anybody="Anybody else",
)

WHO_SEES_WHAT = (
    Readers(
        "Text of the MOU, its versions, what is proposed", links="The version that they were sent"
    ),
    Readers("That you speak for your organisation, your job title"),
    Readers("Wordings, stances and remarks, with who said it and when"),
    Readers(
        "Commitments and what became of them, with who said it and when",
        links="Those that stood when it was sent",
    ),
    Readers("Reviews: who came, what was decided"),
    Readers("Who is asked to sign: name, job title, how far they are", links=YES),
    Readers(
        "The e-mail address at which you are asked to sign",
        partners=NO,
        evaluators="Operators, if an e-mail to it was lost",
    ),
    Readers("Why you declined or handed it over", links=SEALED_FILE),
    Readers(
        "Your signature: the name you typed, your job title, on what basis, when, how you were known",
        partners=SEALED_FILE,
        staff=SEALED_FILE,
        evaluators=SEALED_FILE,
        links=SEALED_FILE,
    ),
    Readers(
        "A page that you signed on paper, as staff uploaded it",
        partners=NO,
        evaluators=NO,
    ),
    Readers(
        "The network address and browser from which you signed",
        partners=NO,
        staff=NO,
        evaluators=NO,
    ),
    Readers(
        "Title, reference, day and SHA-256 of a sealed version",
        links=YES,
        anybody="Who has the reference",
    ),
    Readers(
        "Audit trail: who changed what, and when",
        partners=NO,
        evaluators="Operators",
    ),
)
