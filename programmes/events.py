"""What the audit trail tells of programmes, cohorts, projects and imports."""

from accounts.models import AuditKind


class ProgrammeEvent(AuditKind):
    CREATED = "programme.created", "Programme added"
    CHANGED = "programme.changed", "Programme changed"
    IMPORTED = "programme.imported", "Programme imported from a file"


class CohortEvent(AuditKind):
    CREATED = "cohort.created", "Cohort added"
    CHANGED = "cohort.changed", "Cohort changed"


class ProjectEvent(AuditKind):
    CREATED = "project.created", "Project added"
    CHANGED = "project.changed", "Project changed"
    SPONSORED = "project.sponsored", "Sponsor of a project recorded"
    FUNDED = "project.funded", "Funding of a project recorded"


class LensEvent(AuditKind):
    CREATED = "lens.created", "Lens added"
    RENAMED = "lens.renamed", "Lens renamed"
    SHIPPED = "lens.shipped", "Lens version brought by Placework"
    DRAFTED = "lens.drafted", "Lens version drafted"
    CHANGED = "lens.changed", "Lens draft changed"
    PUBLISHED = "lens.published", "Lens version published"
    DISCARDED = "lens.discarded", "Lens draft discarded"


class DimensionEvent(AuditKind):
    ADDED = "dimension.added", "Dimension added to a draft"
    CHANGED = "dimension.changed", "Dimension changed in a draft"
    MOVED = "dimension.moved", "Dimension moved in a draft"
    REMOVED = "dimension.removed", "Dimension removed from a draft"


class CallEvent(AuditKind):
    CREATED = "call.created", "Call added"
    CHANGED = "call.changed", "Call changed"
    QUESTION_ADDED = "call.question_added", "Question added to a call"
    QUESTION_CHANGED = "call.question_changed", "Question of a call changed"
    QUESTION_REMOVED = "call.question_removed", "Question removed from a call"
    CRITERION_ADDED = "call.criterion_added", "Criterion added to a call"
    CRITERION_CHANGED = "call.criterion_changed", "Criterion of a call changed"
    CRITERION_REMOVED = "call.criterion_removed", "Criterion removed from a call"
    SUPPORTER_ADDED = "call.supporter_added", "Supporter added to a call"
    SUPPORTER_CHANGED = "call.supporter_changed", "Supporter of a call changed"
    SUPPORTER_REMOVED = "call.supporter_removed", "Supporter removed from a call"
    VERSION_DRAFTED = "call.version_drafted", "New version of a call drafted"
    VERSION_PUBLISHED = "call.version_published", "Version of a call published"
    VERSION_DISCARDED = "call.version_discarded", "Draft version of a call discarded"
    PHASE_CHANGED = "call.phase_changed", "Phase of a call changed"
    SWITCHES_CHANGED = "call.switches_changed", "What the panel may see and do changed"


class ApplicationEvent(AuditKind):
    STARTED = "application.started", "Application started"
    PLACE_SETTLED = "application.place_settled", "Place of an application settled"
    STATE_CHANGED = "application.state_changed", "State of an application changed"
    EXTENDED = "application.extended", "Extension granted"
    CORRECTION_ASKED = "application.correction_asked", "Correction asked"
    SUPPORT_ASKED = "application.support_asked", "Support asked"
    SUPPORT_ANSWERED = "application.support_answered", "Support answered"
    SUPPORT_WITHDRAWN = "application.support_withdrawn", "Request for support withdrawn"


class PanelEvent(AuditKind):
    MEMBER_ADDED = "panel.member_added", "Panel member added"
    MEMBER_REMOVED = "panel.member_removed", "Panel member removed"
    MEMBER_CHANGED = "panel.member_changed", "Panel member changed"
    ASSIGNED = "panel.assigned", "Applications assigned to panel members"
    DECLARED = "panel.declared", "Interests declared"
    SETTLED = "panel.settled", "Conflict of interest settled"
    SCORES_SUBMITTED = "panel.scores_submitted", "Scores submitted"


class DecisionEvent(AuditKind):
    PREPARED = "decision.prepared", "Decision prepared"
    UNDONE = "decision.undone", "Prepared decision taken back"
    LOT_DRAWN = "decision.lot_drawn", "Tie broken by lot"
    TEMPLATE_CHANGED = "decision.template_changed", "Template of letters changed"
    LETTERS_DRAFTED = "decision.letters_drafted", "Letters drafted"
    LETTER_CHANGED = "decision.letter_changed", "Letter changed"
    LETTER_READ = "decision.letter_read", "Letter read before it leaves"
    RELEASED = "decision.released", "Decisions released"
    MOVED_UP = "decision.moved_up", "Reserve moved up"


class MOUEvent(AuditKind):
    TEMPLATE_CHANGED = "mou.template_changed", "Template of MOUs changed"
    BEGUN = "mou.begun", "MOU begun"
    CHANGED = "mou.changed", "MOU changed"
    ENDED = "mou.ended", "MOU ended"
    PARTY_JOINED = "mou.party_joined", "Party joined an MOU"
    PARTY_CHANGED = "mou.party_changed", "Party of an MOU changed"
    PARTY_LEFT = "mou.party_left", "Party left an MOU"
    REPRESENTATIVE_ADDED = "mou.representative_added", "Representative of a party added"
    REPRESENTATIVE_ENDED = "mou.representative_ended", "Representative of a party ended"
    WORDING_PROPOSED = "mou.wording_proposed", "Wording of a clause proposed"
    WORDING_TAKEN = "mou.wording_taken", "Wording of a clause taken in"
    WORDING_DECLINED = "mou.wording_declined", "Wording of a clause not taken in"
    WORDING_WITHDRAWN = "mou.wording_withdrawn", "Proposed wording withdrawn"
    CLAUSE_MOVED = "mou.clause_moved", "Clause moved"
    CLAUSE_CONCERNS = "mou.clause_concerns", "Whose clause it is changed"
    STANCE_TAKEN = "mou.stance_taken", "Stance on a wording taken"
    REMARKED = "mou.remarked", "Remark on a clause made"
    VERSION_DRAFTED = "mou.version_drafted", "New version of an MOU drafted"
    VERSION_STATE_CHANGED = "mou.version_state_changed", "State of an MOU's version changed"
    SIGNING_CHANGED = "mou.signing_changed", "Time to sign or reminders changed"
    SIGNATORY_CHANGED = "mou.signatory_changed", "State of a signatory changed"
    REVIEWED = "mou.reviewed", "Review of an MOU held"
    COMMITTED = "mou.committed", "Commitment made"
    COMMITMENT_CHANGED = "mou.commitment_changed", "Commitment changed"
    COMMITMENT_UPDATED = "mou.commitment_updated", "Commitment updated"
    CITED = "mou.cited", "Clause cited"
    CITATION_REMOVED = "mou.citation_removed", "Citation of a clause taken back"
