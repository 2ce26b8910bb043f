"""A signature on paper: staff upload the signed page, and say what they witnessed. It is shown as such."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Person
from documents.files import keep
from programmes.actions.mou.signing import ASKS_WORDS, after_signature, open_version
from programmes.actions.mou.states import change_signatory_state, locked_signatory
from programmes.models import Authority, Method, Signatory, SignatoryState, Signature
from programmes.mou_states import Actor
from programmes.signed_pages import check_page

SAY_WHAT = "Say who signed where, and how you know: it is printed on the audit page"


@transaction.atomic
def record_paper(
    *,
    signatory: Signatory,
    typed_name: str,
    post: str,
    authority: Authority,
    authority_words: str,
    witness_note: str,
    content: bytes,
    by: Person,
) -> Signature:
    """`content` is the scanned page: a PDF or a picture, by what is in it."""
    version = open_version(signatory.signing)
    if not by.has_perm("programmes.manage_mou", version.mou):
        raise PermissionDenied
    current = locked_signatory(signatory)
    if not typed_name.strip():
        raise ValidationError({"typed_name": "Enter the name of who signed"})
    if not witness_note.strip():
        raise ValidationError({"witness_note": SAY_WHAT})
    if authority in ASKS_WORDS and not authority_words.strip():
        raise ValidationError({"authority_words": ASKS_WORDS[authority]})
    try:
        check_page(content)
    except ValidationError as refusal:
        raise ValidationError({"content": refusal.messages}) from refusal
    change_signatory_state(signatory=current, to=SignatoryState.SIGNED, as_=Actor.STAFF, by=by)
    file = keep(content, folder="signed-on-paper")
    signature = Signature.objects.create(
        signatory=current,
        typed_name=typed_name.strip(),
        post=post.strip(),
        authority=authority,
        authority_words=authority_words.strip(),
        statement=f"Signed on paper. Witnessed by {by}.",
        text_sha256=current.signing.text_sha256,
        method=Method.PAPER,
        signed_at=timezone.now(),
        file=file.name,
        file_sha256=file.sha256,
        witnessed_by=by,
        witness_note=witness_note.strip(),
    )
    after_signature(version, current, signature)
    return signature
