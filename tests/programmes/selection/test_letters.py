"""Letters: drafted, edited with feedback, read, and read again when what they tell has changed."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AuditEvent, Person
from programmes.actions.letters import (
    Moved,
    change_template,
    draft_again,
    draft_letters,
    mark_read,
    save_letter,
)
from programmes.letters import MEANS, SHIPPED, Words, filled, unknown_in
from programmes.models import (
    Application,
    Call,
    Criterion,
    DecisionOutcome,
    Feedback,
    Letter,
    LetterTemplate,
    Phase,
    Score,
    Standing,
)
from programmes.queries.letters import (
    LetterStatus,
    Post,
    comments_on,
    letters_of,
    parts_named_in,
)
from tests import builders
from tests.programmes.selection.deciding import WHY, decide, decide_all, met, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return met()


@pytest.fixture
def staff(call: Call) -> Person:
    return builders.staff(call.cohort.programme, name="Sam Staff")


@pytest.fixture
def drafted(call: Call, staff: Person) -> Call:
    decide_all(call, staff)
    draft_letters(call=call, by=staff)
    return call


def post(call: Call, number: int) -> Post:
    return next(each for each in letters_of(call) if each.application.number == number)


def letter(call: Call, number: int) -> Letter:
    return Letter.objects.get(application__call=call, application__number=number)


def save(call: Call, number: int, by: Person, feedback: str = "", **typed: object) -> Letter:
    now = post(call, number)
    assert now.letter
    values = {
        "subject": now.letter.subject,
        "text": now.letter.text,
        "based_on": now.letter.number,
        "decided": now.decided,
    } | typed
    return save_letter(
        application=now.application,
        feedback={"c1": feedback},
        by=by,
        **values,  # type: ignore[arg-type]
    )


def read(call: Call, number: int, by: Person) -> None:
    now = post(call, number)
    assert now.letter
    mark_read(application=now.application, based_on=now.letter.number, decided=now.decided, by=by)


class TestTemplates:
    @pytest.mark.parametrize("outcome", DecisionOutcome.values)
    def test_the_shipped_ones_hold_only_words_that_are_filled_in(self, outcome: str) -> None:
        words = SHIPPED[outcome]
        values = dict.fromkeys(MEANS, "X")
        assert unknown_in(words.subject + words.text, outcome) == []
        assert "{" not in filled(words, values).text

    @given(place=st.text(max_size=30), before=st.text(max_size=30))
    def test_what_is_filled_in_is_taken_as_it_is(self, place: str, before: str) -> None:
        before = before.replace("{", "").replace("}", "")
        words = filled(Words("s", before + "{place}{unknown}"), {"place": place})
        assert words.text == before + place + "{unknown}"

    def test_staff_change_them(self, call: Call, staff: Person) -> None:
        decide(call, staff, a1=("select",))
        change_template(call=call, outcome="select", subject="To {place}", text="Hail.", by=staff)
        draft_letters(call=call, by=staff)
        assert (letter(call, 1).subject, letter(call, 1).text) == ("To Ashford", "Hail.")
        assert AuditEvent.objects.filter(kind="decision.template_changed").count() == 1

    def test_a_word_that_means_nothing_is_refused_with_what_there_is(
        self, call: Call, staff: Person
    ) -> None:
        with pytest.raises(ValidationError) as refusal:
            change_template(
                call=call, outcome="decline", subject="{palce}", text="{order}", by=staff
            )
        told = refusal.value.message_dict
        assert told["subject"][0].startswith("{palce} means nothing in this letter. What can be")
        assert "{place}" in told["text"][0]
        assert not LetterTemplate.objects.exists()


class TestDrafting:
    def test_each_decision_gets_the_letter_of_its_outcome(self, drafted: Call) -> None:
        assert letter(drafted, 1).subject == "Ashford is selected: The call"
        assert "in place 1" in letter(drafted, 3).text
        assert {post.status for post in letters_of(drafted)} == {LetterStatus.UNREAD}

    def test_drafting_again_leaves_what_was_edited(self, drafted: Call, staff: Person) -> None:
        save(drafted, 1, staff, text="In our own words.")
        change_template(call=drafted, outcome="select", subject="{place}", text="New.", by=staff)
        assert draft_letters(call=drafted, by=staff) == 1
        assert [letter(drafted, number).text for number in (1, 2)] == ["In our own words.", "New."]
        draft_again(application=letter(drafted, 1).application, by=staff)
        assert letter(drafted, 1).text == "New."

    def test_a_changed_decision_makes_an_unedited_letter_anew_and_asks_about_the_rest(
        self, drafted: Call, staff: Person
    ) -> None:
        save(drafted, 1, staff, text="In our own words.")
        decide(drafted, staff, 1, a1=("decline",), a3=("reserve", 2, WHY))
        assert [post(drafted, number).status for number in (1, 3)] == [LetterStatus.STALE] * 2
        draft_letters(call=drafted, by=staff)
        assert post(drafted, 1).status == LetterStatus.STALE
        assert "in place 2" in letter(drafted, 3).text

    def test_only_staff_who_are_not_recused_and_only_before_the_release(
        self, drafted: Call, staff: Person
    ) -> None:
        chair = drafted.members.get(is_chair=True).person
        with pytest.raises(PermissionDenied):
            draft_letters(call=drafted, by=chair)
        Call.objects.update(phase=Phase.RELEASED)
        with pytest.raises(ValidationError, match="have been sent"):
            save(drafted, 1, staff, text="Too late.")
        Call.objects.update(phase=Phase.MEETING)
        member = builders.panel_member(drafted, staff)
        builders.interest(member, letter(drafted, 4).application, Standing.RECUSED)
        with pytest.raises(PermissionDenied):
            draft_letters(call=drafted, by=staff)


class TestReading:
    def test_a_letter_is_read_once_and_again_after_each_change(
        self, drafted: Call, staff: Person
    ) -> None:
        read(drafted, 1, staff)
        assert post(drafted, 1).status == LetterStatus.READ
        save(drafted, 1, staff, "Clear aims.")
        assert post(drafted, 1).status == LetterStatus.UNREAD
        read(drafted, 1, staff)
        decide(drafted, staff, 1, a1=("select", None, "Strong partners."))
        assert post(drafted, 1).status == LetterStatus.UNREAD
        kinds = AuditEvent.objects.filter(kind="decision.letter_read")
        assert [event.subject_name for event in kinds] == ["A1 Ashford"] * 2

    def test_saving_nothing_new_leaves_it_read(self, drafted: Call, staff: Person) -> None:
        save(drafted, 1, staff, "Clear aims.")
        read(drafted, 1, staff)
        save(drafted, 1, staff, " Clear aims. ")
        assert post(drafted, 1).status == LetterStatus.READ

    def test_what_has_changed_since_it_was_shown_is_not_read(
        self, drafted: Call, staff: Person
    ) -> None:
        shown = post(drafted, 1)
        application = shown.application
        save(drafted, 1, staff, "Clear aims.")
        with pytest.raises(Moved, match="Somebody else has changed"):
            mark_read(application=application, based_on=1, decided=shown.decided, by=staff)
        decide(drafted, staff, 1, a1=("decline",))
        with pytest.raises(Moved, match="it is now “Decline”"):
            mark_read(application=application, based_on=2, decided=shown.decided, by=staff)
        with pytest.raises(ValidationError, match="written for another decision"):
            read(drafted, 1, staff)

    def test_two_who_edit_lose_nothing(self, drafted: Call, staff: Person) -> None:
        save(drafted, 1, staff, text="Mine.")
        with pytest.raises(Moved):
            save(drafted, 1, staff, text="Yours.", based_on=1)
        assert letter(drafted, 1).text == "Mine."


class TestFeedback:
    def test_it_is_kept_by_criterion_and_taken_away_when_empty(
        self, drafted: Call, staff: Person
    ) -> None:
        save(drafted, 1, staff, "Clear aims.")
        assert [row.text for row in Feedback.objects.all()] == ["Clear aims."]
        save(drafted, 1, staff, "")
        assert not Feedback.objects.exists()

    @pytest.mark.parametrize("words", ["As Ada Reader said", "ADA  READER", "(ada\nreader)"])
    def test_the_name_of_a_member_never_leaves(
        self, drafted: Call, staff: Person, words: str
    ) -> None:
        seat(drafted, "Ada Reader")
        for typed in ({"feedback": words}, {"text": words}):
            with pytest.raises(ValidationError, match="Take out the name"):
                save(drafted, 1, staff, **typed)
        save(drafted, 1, staff, "Adam Reader-Smith was not there, nor Ada Readers.")

    def test_a_name_that_came_in_before_the_member_did_stops_the_reading(
        self, drafted: Call, staff: Person
    ) -> None:
        save(drafted, 1, staff, "As Ada Reader said.")
        seat(drafted, "Ada Reader")
        with pytest.raises(ValidationError, match="Take out the name"):
            read(drafted, 1, staff)

    def test_first_and_last_names_are_warned_of(self) -> None:
        names = ["Ada Reader", "Will Bo"]
        assert parts_named_in("Ada will agree. A reader, Bo.", names) == ["Ada"]

    def test_comments_are_those_of_members_who_may_judge_it(
        self, call: Call, staff: Person
    ) -> None:
        application = call.applications.get(number=1)
        for name, standing in (("Ada", Standing.CLEAR), ("Bruno", Standing.RECUSED)):
            member = seat(call, name)
            builders.interest(member, application, standing)
            sheet = builders.score_sheet(member, application, 4, comment=f"{name} on the whole")
            Score.objects.filter(sheet=sheet).update(comment=f"{name} on this")
        comments = comments_on(application)
        assert [each.comment for each in comments.by_criterion["c1"]] == ["Ada on this"]
        assert comments.on_the_whole == ["Ada on the whole"]

    def test_feedback_that_is_too_long_says_by_how_much(self, drafted: Call, staff: Person) -> None:
        with pytest.raises(ValidationError, match="This has 10,001 characters"):
            save(drafted, 1, staff, "x" * 10_001)


class TestPages:
    @pytest.fixture(autouse=True)
    def signed_in(self, client: Client, staff: Person) -> None:
        client.force_login(staff)

    def address(self, call: Call, name: str, *others: object) -> str:
        where = [call.cohort.programme.slug, call.cohort.number, *others]
        return reverse(f"programmes:{name}", args=where)

    def test_from_draft_to_read_one_after_the_other(
        self, client: Client, call: Call, staff: Person
    ) -> None:
        decide_all(call, staff)
        page = client.post(self.address(call, "letters"), follow=True).content.decode()
        assert "4 letters drafted" in page
        assert "0 of 4 read" in page
        for number in (1, 2, 3, 4):
            shown = self.address(call, "letter", number)
            sent = {"based_on": 1, "decided": 1}
            following = client.post(shown, sent).headers["Location"]
            expected = ("letter", number + 1) if number < 4 else ("letters",)
            assert following == self.address(call, *expected)  # type: ignore[arg-type]
        assert "4 of 4 read" in client.get(following).content.decode()

    def test_a_letter_without_feedback_says_so(self, client: Client, drafted: Call) -> None:
        shown = self.address(drafted, "letter", 1)
        words = "the templates say that it stands below the letter"
        assert words in client.get(shown).content.decode()
        application = drafted.applications.get(number=1)
        for criterion in Criterion.objects.filter(version__call=drafted):
            assert words in client.get(shown).content.decode()
            Feedback.objects.create(application=application, criterion=criterion, text="Clear.")
        assert "There is no feedback yet" not in client.get(shown).content.decode()

    def test_ticked_comments_are_put_in_and_saved_only_when_said(
        self, client: Client, drafted: Call
    ) -> None:
        application = drafted.applications.get(number=1)
        member = seat(drafted, "Ada Reader")
        builders.interest(member, application)
        sheet = builders.score_sheet(member, application, 4)
        Score.objects.filter(sheet=sheet).update(comment="Honest about who is not there.")
        edit = self.address(drafted, "letter_edit", 1)
        page = client.get(edit).content.decode()
        assert "Honest about who is not there." in page
        assert "Ada Reader" not in page
        row = letter(drafted, 1)
        sent = {"subject": row.subject, "text": row.text, "based_on": 1, "decided": 1}
        ticked = {"use": sheet.scores.get().pk, "insert": "yes", "feedback_c1": "Clear aims."}
        page = client.post(edit, sent | ticked).content.decode()
        assert "Clear aims.\n\nHonest about who is not there." in page
        assert not Feedback.objects.exists()
        sent["feedback_c1"] = "Honest about who is not there."
        assert client.post(edit, sent).status_code == 302
        assert Feedback.objects.get().text == "Honest about who is not there."

    def test_a_second_editor_keeps_what_they_typed(
        self, client: Client, drafted: Call, staff: Person
    ) -> None:
        save(drafted, 1, staff, text="Mine.")
        sent = {"subject": "S", "text": "Yours.", "based_on": 1, "decided": 1}
        response = client.post(self.address(drafted, "letter_edit", 1), sent)
        page = response.content.decode()
        assert response.status_code == 409
        assert "Yours." in page
        assert 'name="based_on" value="2"' in page

    def test_refusals_stand_beside_their_fields(self, client: Client, drafted: Call) -> None:
        seat(drafted, "Ada Reader")
        sent = {"subject": "", "text": "x", "based_on": 1, "decided": 1}
        page = client.post(self.address(drafted, "letter_edit", 1), sent).content.decode()
        assert "Enter the subject" in page
        sent |= {"subject": "S", "feedback_c1": "Ada Reader liked it."}
        page = client.post(self.address(drafted, "letter_edit", 1), sent).content.decode()
        assert "Take out the name of a member of the panel: Ada Reader" in page
        assert "Ada Reader liked it." in page

    def test_a_letter_that_has_moved_on_is_not_read(self, client: Client, drafted: Call) -> None:
        sent = {"based_on": 0, "decided": 1}
        page = client.post(self.address(drafted, "letter", 1), sent).content.decode()
        assert "Somebody else has changed this letter" in page

    def test_templates_are_changed_on_a_page(self, client: Client, call: Call) -> None:
        page = self.address(call, "letter_template", "select")
        shown = client.get(page).content.decode()
        assert "{place}" in shown
        sent = {"subject": "{palce}", "text": "Hail."}
        assert "means nothing in this letter" in client.post(page, sent).content.decode()
        assert client.post(page, {"subject": "S", "text": "Hail."}).status_code == 302
        assert LetterTemplate.objects.get().text == "Hail."
        assert client.get(self.address(call, "letter_template", "invite")).status_code == 404

    def test_no_letter_no_page(self, client: Client, call: Call, staff: Person) -> None:
        assert client.get(self.address(call, "letter", 1)).status_code == 404
        decide(call, staff, a1=("select",))
        assert "not drafted yet" in client.get(self.address(call, "letter", 1)).content.decode()
        assert client.get(self.address(call, "letter_edit", 1)).status_code == 404
        client.post(self.address(call, "letter_draft", 1))
        assert Application.objects.filter(letter__isnull=False).count() == 1
