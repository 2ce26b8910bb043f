import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models.append_only import append_only, never_emptied
from programmes.models.mou.memorandum import Party
from programmes.models.mou.version import MOUVersion

# The chain holds whoever writes to the table: each row continues the one before it, and its digest
# is that of what it says.
CONTINUES_THE_CHAIN = """
    IF NEW.number <> 1 + COALESCE(
        (SELECT MAX(number) FROM programmes_signingevent WHERE signing_id = NEW.signing_id), 0
    ) THEN
        RAISE EXCEPTION 'An event of a signing is numbered after the one before it.';
    END IF;
    IF NEW.previous_sha256 <> COALESCE(
        (SELECT sha256 FROM programmes_signingevent
         WHERE signing_id = NEW.signing_id AND number = NEW.number - 1), ''
    ) THEN
        RAISE EXCEPTION 'An event of a signing names the digest of the one before it.';
    END IF;
    IF NEW.sha256 <> encode(sha256(convert_to(NEW.previous_sha256 || NEW.told, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'An event of a signing carries the digest of what it tells.';
    END IF;
    RETURN NEW;
"""


class SigningRule(models.TextChoices):
    EACH = "each", "Each of its signatories signs"
    ANY = "any", "Any one of its signatories signs"


class Signing(models.Model):
    """That one version was sent to be signed: the words that everyone sees, and until when."""

    version = models.OneToOneField(MOUVersion, on_delete=models.PROTECT, related_name="signing")
    reference = models.CharField(max_length=20, unique=True)  # people type it to check the seal
    # Canonical JSON of all that is agreed; its digest is what each signer saw.
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    message = models.TextField("what to say to those who sign", blank=True)
    site = models.URLField()  # where people reach us: for the links in reminders
    sent_at = models.DateTimeField(auto_now_add=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_by_name = models.CharField(max_length=200)
    expires_at = models.DateTimeField("sign by")
    reminders_stop = models.BooleanField(default=False)

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="sent_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "version", "reference", "text", "text_sha256", "sent_at"
                ),
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"Signing of {self.version}"


class SignatoryState(models.TextChoices):
    ASKED = "asked", "Asked"
    OPENED = "opened", "Has opened it"
    SIGNED = "signed", "Signed"
    DECLINED = "declined", "Declined"
    HANDED_OVER = "handed_over", "Handed over"
    PAPER = "paper", "Asked for paper"
    NOT_NEEDED = "not_needed", "A colleague has signed"


class Signatory(models.Model):
    """One who is asked to sign for a party. They need no account: their link carries a secret."""

    signing = models.ForeignKey(Signing, on_delete=models.PROTECT, related_name="signatories")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="signatories")
    rule = models.CharField(max_length=4, choices=SigningRule.choices, default=SigningRule.EACH)
    name = models.CharField("full name", max_length=200)
    post = models.CharField("job title", max_length=200)
    email = models.EmailField("e-mail address")
    state = models.CharField(
        max_length=12, choices=SignatoryState.choices, default=SignatoryState.ASKED
    )
    token_sha256 = models.CharField(max_length=64, unique=True)  # of the link that was sent last
    asked_at = models.DateTimeField(auto_now_add=True)
    reminded_at = models.DateTimeField(null=True)
    handed_over_to = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="handed_over_by"
    )
    left_post_on = models.DateField(null=True)  # recorded later: they no longer hold the post

    class Meta:
        verbose_name_plural = "signatories"
        ordering = ["signing", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["signing", "party", "email"], name="signatory_once_for_a_party"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} for {self.party}"


class SignatoryChange(models.Model):
    """One change of a signatory's state: old, new, when, why. Append-only."""

    signatory = models.ForeignKey(Signatory, on_delete=models.PROTECT, related_name="changes")
    old = models.CharField(max_length=12, choices=SignatoryState.choices)
    new = models.CharField(max_length=12, choices=SignatoryState.choices)
    reason = models.TextField(blank=True)
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(  # staff; nobody where the signatory did it themselves
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["signatory", "-changed_at", "-pk"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.get_old_display()} to {self.get_new_display()}"


class CopiedIn(models.Model):
    """Somebody who reads what is being signed, and signs nothing."""

    signing = models.ForeignKey(Signing, on_delete=models.PROTECT, related_name="copied_in")
    name = models.CharField("full name", max_length=200)
    email = models.EmailField("e-mail address")
    token_sha256 = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name_plural = "copied in"
        ordering = ["signing", "pk"]
        constraints = [models.UniqueConstraint(fields=["signing", "email"], name="copied_in_once")]

    def __str__(self) -> str:
        return self.name


class SigningCode(models.Model):
    """A one-time code by e-mail: of use to one signatory, for one text, a few minutes, a few tries."""

    signatory = models.ForeignKey(Signatory, on_delete=models.CASCADE, related_name="codes")
    text_sha256 = models.CharField(max_length=64)
    code_hmac = models.CharField(max_length=64)
    sent_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["signatory", "-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"Code for {self.signatory}"


class Authority(models.TextChoices):
    """On what basis somebody signs for their organisation."""

    SCHEME = "scheme", "Scheme of delegation"
    MINUTE = "minute", "A minuted decision"
    MANAGER = "manager", "Agreed with my line manager"
    OFFICE = "office", "The office I hold"
    OTHER = "other", "Another basis"


class Method(models.TextChoices):
    """How the signer was known. The audit page says this, and no more than this."""

    CODE = "code", "Link and one-time code, both by e-mail"
    CODE_AND_SECOND = "code_and_second", "Link and one-time code by e-mail, and their second factor"
    PAPER = "paper", "On paper, witnessed by programme staff"


class Signature(models.Model):
    """That somebody signed: what they saw, what they said, how they were known. Append-only."""

    signatory = models.OneToOneField(Signatory, on_delete=models.PROTECT, related_name="signature")
    typed_name = models.CharField(max_length=200)
    post = models.CharField(max_length=200)
    authority = models.CharField(max_length=10, choices=Authority.choices)
    authority_words = models.CharField(max_length=500, blank=True)  # which minute, whose decision
    consent = models.TextField(blank=True)  # to sign electronically, as it was shown
    statement = models.TextField()  # of intent, as it was shown
    words_version = models.CharField(max_length=10, blank=True)  # of both; `programmes.mou_words`
    text_sha256 = models.CharField(max_length=64)
    method = models.CharField(max_length=20, choices=Method.choices)
    signed_at = models.DateTimeField()
    # On paper: the page as staff uploaded it, and what they witnessed.
    file = models.CharField(max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    witnessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    witness_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(method=Method.PAPER, witnessed_by__isnull=False)
                & ~Q(witness_note="")
                & ~Q(file="")
                | ~Q(method=Method.PAPER) & Q(witnessed_by__isnull=True) & ~Q(consent=""),
                name="signature_shows_how",
            )
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"Signature of {self.typed_name}"


class SignatureTrace(models.Model):
    """From where somebody signed. Kept for a stated time, and then taken away."""

    signature = models.OneToOneField(Signature, on_delete=models.CASCADE, related_name="trace")
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=300, blank=True)
    kept_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"Trace of {self.signature}"


class SigningEvent(models.Model):
    """What happened to a signing, each row holding the digest of the one before it. Append-only."""

    signing = models.ForeignKey(Signing, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    told = models.TextField()  # canonical JSON: what, when, who
    previous_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64)
    happened_at = models.DateTimeField()

    class Meta:
        ordering = ["signing", "number"]
        constraints = [
            models.UniqueConstraint(fields=["signing", "number"], name="signing_event_once")
        ]
        triggers = [
            *append_only(),
            pgtrigger.Trigger(
                name="continues_the_chain",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=CONTINUES_THE_CHAIN,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signing}, event {self.number}"
