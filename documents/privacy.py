"""What this room holds about people."""

from accounts.personal import RECORD, WHO, Held, declare

declare(
    "documents.Job",
    "Documents you ask for",
    requested_by=WHO,
    requested_by_name=WHO,
    requested_at=WHO,
    result_file=Held(
        "The documents made for you", "To give them to you, and to show what was made", RECORD
    ),
    not_personal=[
        "id",
        "kind",
        "subject_type",
        "subject_id",
        "subject",
        "parameters",
        "status",
        "steps_done",
        "steps",
        "doing",
        "message_sent_at",
        "started_at",
        "finished_at",
        "attempts",
        "error_for_people",
        "error_for_operators",
        "result_name",
        "result_sha256",
        "result_size",
        "result",
    ],
)

declare(
    "documents.SealCertificate",
    "Sealed documents",
    not_personal=[
        "id",
        "fingerprint",
        "pem",
        "use",
        "subject",
        "valid_from",
        "valid_until",
        "made_known_at",
        "retired_at",
    ],
)
declare(
    "documents.SealedFile",
    "Sealed documents",
    file=Held(
        "Documents that were sealed, with the names of those who signed in them",
        "So that everyone who agreed can show what was agreed, and by whom",
        RECORD,
    ),
    not_personal=[
        "id",
        "reference",
        "title",
        "sha256",
        "size",
        "certificate",
        "sealed_at",
        "verified_at",
        "superseded_by",
    ],
)
