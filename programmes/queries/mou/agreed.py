"""What the parties agree on with one version, as it stands now."""

from programmes.models import MOUVersion
from programmes.mou_text import FORMAT, Agreed, AgreedClause, AgreedCommitment, AgreedParty


def agreed_by(version: MOUVersion) -> Agreed:
    mou = version.mou
    project = mou.project
    parties = mou.parties.filter(left_on=None).select_related("organisation").order_by("pk")
    return Agreed(
        format=FORMAT,
        programme=project.programme.name,
        project=project.focus,
        place=project.place.name,
        title=mou.title,
        version=version.number,
        review_on=mou.review_on.isoformat() if mou.review_on else "",
        parties=[AgreedParty(organisation=str(party), part=party.part) for party in parties],
        clauses=_clauses(version),
        commitments=_commitments(version),
    )


def _clauses(version: MOUVersion) -> list[AgreedClause]:
    rows = version.clauses.select_related("clause", "wording").prefetch_related(
        "clause__concerns__organisation"
    )
    return [
        AgreedClause(
            number=row.number,
            key=row.clause.key,
            heading=row.wording.heading,
            text=row.wording.text,
            concerns=sorted(str(party) for party in row.clause.concerns.all()),
        )
        for row in rows.order_by("number")
    ]


def _commitments(version: MOUVersion) -> list[AgreedCommitment]:
    """Those that still stand; what was done or dropped before is not agreed on again."""
    rows = version.mou.commitments.filter(state__in=["going", "slipped"], party__left_on=None)
    return [
        AgreedCommitment(
            party=str(row.party),
            what=row.what,
            due_on=row.due_on.isoformat() if row.due_on else "",
            seen_by=row.seen_by,
        )
        for row in rows.select_related("party__organisation").order_by("party", "due_on", "pk")
    ]
