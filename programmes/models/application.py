from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models.append_only import append_only
from places.models import Place
from programmes.models.call import Call, CallVersion


class ApplicationState(models.TextChoices):
    """As staff call them; `programmes.actions.application_states` has the applicants' words."""

    STARTED = "started", "Started"
    SUBMITTED = "submitted", "Submitted"
    CORRECTION = "correction", "Correction asked"
    ELIGIBLE = "eligible", "Eligible"
    NOT_ELIGIBLE = "not_eligible", "Not eligible"
    SELECTED = "selected", "Selected"
    RESERVE = "reserve", "Reserve"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Application(models.Model):
    """What one place asks of one call. Its writers hold the role of applicant in it."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    number = models.PositiveIntegerField()  # in its call
    place_name = models.CharField("place", max_length=200)  # as the applicants call it
    place = models.ForeignKey(  # as staff have settled which one they mean
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="applications"
    )
    state = models.CharField(
        max_length=20, choices=ApplicationState.choices, default=ApplicationState.STARTED
    )
    started_at = models.DateTimeField(auto_now_add=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="application_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.place_name}"

    def get_absolute_url(self) -> str:
        return reverse("programmes:application", kwargs={"pk": self.pk})

    @property
    def reference(self) -> str:
        """What people quote it by: `A7`."""
        return f"A{self.number}"


class ApplicationChange(models.Model):
    """One change of an application's state: old, new, by whom, when, why. Append-only."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="changes")
    old = models.CharField(max_length=20, choices=ApplicationState.choices)
    new = models.CharField(max_length=20, choices=ApplicationState.choices)
    reason = models.TextField(blank=True)
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["application", "-changed_at", "-pk"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.get_old_display()} to {self.get_new_display()}"


class AttachedFile(models.Model):
    """A file that answers a question. It stays when another takes its place: a submission may hold it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="files")
    key = models.SlugField(max_length=100)  # of the question
    file = models.CharField(max_length=200)  # in the default storage
    file_name = models.CharField(max_length=200)  # as it was uploaded
    size = models.PositiveIntegerField()  # in bytes
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_by_name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.file_name


class Answer(models.Model):
    """The answer to one question as it stands. What it was before, its revisions say."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="answers")
    key = models.SlugField(max_length=100)  # of the question, in whichever version
    number = models.PositiveIntegerField(default=0)  # of its latest revision
    # By kind of question. Text and choice: str. Number and money: a decimal as str. Declaration:
    # bool. File: the id of an AttachedFile. Partners: [{"organisation", "sector", "part"}].
    value = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "key"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.key} of {self.application}"


class AnswerRevision(models.Model):
    """An answer as somebody saved it. Append-only."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    value = models.JSONField(null=True)
    saved_at = models.DateTimeField(auto_now_add=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    saved_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["answer", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "number"], name="answer_revision_once")
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.answer}, revision {self.number}"


class AnswerDraft(models.Model):
    """What one person typed in one window when it could not be saved: kept until they settle it."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="drafts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    window = models.CharField(max_length=36, blank=True)  # one person may type in two
    value = models.JSONField(null=True)
    based_on = models.PositiveIntegerField()  # the revision they started from
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "person", "window"], name="answer_draft_once")
        ]

    def __str__(self) -> str:
        return f"Draft of {self.answer}"


class Submission(models.Model):
    """The application as it was handed in; what the panel reads is the latest. Append-only."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="submissions"
    )
    number = models.PositiveIntegerField()
    version = models.ForeignKey(CallVersion, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField()  # {key of the question: value of the answer}
    sha256 = models.CharField(max_length=64)  # of the answers as canonical JSON
    submitted_at = models.DateTimeField(auto_now_add=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["application", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="submission_once")
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.application}, submission {self.number}"

    def get_absolute_url(self) -> str:
        return self.application.get_absolute_url()


class Extension(models.Model):
    """That one application may be submitted after the call has closed, until when, and why. Append-only."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="extensions"
    )
    until = models.DateTimeField()
    reason = models.TextField()
    granted_at = models.DateTimeField(auto_now_add=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    granted_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["application", "-until"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"Extension of {self.application}"


class Support(models.Model):
    """That somebody was asked to confirm their support of an application, and what they answered.

    They need no account: the link in their mail carries a secret, of which we keep the hash.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="supports")
    key = models.SlugField(max_length=100)  # of the call's Supporter
    name = models.CharField("full name", max_length=200)
    post = models.CharField("job title", max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    email = models.EmailField("e-mail address")
    token_sha256 = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()  # the link that was sent last
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_by_name = models.CharField(max_length=200)
    answered_at = models.DateTimeField(null=True)
    is_confirmed = models.BooleanField(null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    words = models.TextField(blank=True)  # of support, or why not
    withdrawn_at = models.DateTimeField(null=True)  # by the applicants, to ask somebody else

    class Meta:
        ordering = ["application", "asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "key"],
                condition=Q(withdrawn_at__isnull=True),
                name="support_once",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, is_confirmed__isnull=True)
                | Q(answered_at__isnull=False, is_confirmed__isnull=False),
                name="support_answered_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} for {self.application}"


class Correction(models.Model):
    """What staff ask the applicants to put right, and by when."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="corrections"
    )
    asked = models.TextField("what must be put right")
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_by_name = models.CharField(max_length=200)
    submission = models.ForeignKey(  # that answered it
        Submission, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["application", "-asked_at"]

    def __str__(self) -> str:
        return f"Correction of {self.application}"
