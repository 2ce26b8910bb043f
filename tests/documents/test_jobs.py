"""A job is a row that comes to one end, whatever happens to its messages and its runners."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.utils import timezone

from accounts.models import AuditEvent
from documents import tasks
from documents.actions.jobs import ATTEMPTS, RUN, request_job, run_job, sweep_jobs
from documents.locks import JOBS, held, hold
from documents.models import Job, Standing
from documents.queries.jobs import died, jobs_about, standing_of
from documents.registry import Outcome, RunningJob, UnknownKind, handles
from tests import builders
from tests.broker import broker_down
from tests.documents import kinds

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(minutes=6)


def asked(kind: str = "tests.letter", **row: object) -> Job:
    """A job as it is after the request; `row` says what has happened to it since."""
    job = request_job(kind, by=builders.person())
    Job.objects.filter(pk=job.pk).update(**row)
    job.refresh_from_db()
    return job


def finished(job: Job) -> Job:
    run_job(job.pk)
    job.refresh_from_db()
    return job


def test_an_unknown_kind_is_refused_when_asked_for():
    with pytest.raises(UnknownKind):
        request_job("tests.nonsense", by=builders.person())


def test_a_kind_is_registered_once():
    with pytest.raises(ValueError, match=r"tests\.letter"):
        handles("tests.letter")(kinds.letter)


def test_the_message_follows_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = request_job("tests.letter", by=builders.person())
        assert job.message_sent_at is None
    job.refresh_from_db()
    assert job.message_sent_at


def test_a_run_keeps_the_file_under_its_sum_and_names_it():
    job = finished(asked(parameters={"to": "Wakefield"}))
    assert job.status == Job.Status.DONE
    with default_storage.open(job.result_file) as file:
        assert file.read() == b"Dear Wakefield"
    assert job.result_file.endswith(job.result_sha256)
    assert (job.result_name, job.result_size) == ("Grüße & more.txt", 14)
    assert job.result["revision"] == 7
    assert job.finished_at


def test_run_twice_gives_one_result():
    kinds.runs.clear()
    job = finished(asked())
    at = job.finished_at
    assert finished(job).finished_at == at
    assert len(kinds.runs) == 1


def test_nobody_runs_what_somebody_is_running():
    job = asked()
    with hold(job.pk) as line:
        assert line
        assert held([job.pk, job.pk + 1]) == {job.pk}
        assert finished(job).status == Job.Status.QUEUED
    assert held([job.pk]) == set()
    assert finished(job).status == Job.Status.DONE


def test_a_message_without_a_row_is_harmless():
    run_job(0)


def test_the_worker_finds_the_task_by_its_name():
    job = asked()
    assert tasks.run_job.name == RUN
    tasks.run_job(job.pk)
    tasks.sweep_jobs()
    job.refresh_from_db()
    assert job.status == Job.Status.DONE


@handles("tests.overtaken")
def overtaken(job: RunningJob) -> Outcome:
    """While it ran, its lock was lost, and another runner finished first."""
    Job.objects.filter(kind="tests.overtaken").update(
        status="done", finished_at=timezone.now(), result={"sentence": "First."}
    )
    if job.parameters:
        raise ZeroDivisionError
    return Outcome(b"second", "second.txt")


@pytest.mark.parametrize("parameters", [{}, {"then": "fail"}])
def test_the_first_runner_to_finish_is_the_one_that_counts(parameters):
    job = finished(asked("tests.overtaken", parameters=parameters))
    assert (job.status, job.sentence, job.has_file) == (Job.Status.DONE, "First.", False)


def test_a_reason_that_people_can_put_right_is_told_them():
    job = finished(asked("tests.refused"))
    assert job.status == Job.Status.FAILED
    assert job.error_for_people == "The case study has no text yet. Write some first."


def test_a_fault_is_told_to_operators_and_not_to_people():
    job = finished(asked("tests.broken"))
    assert job.status == Job.Status.FAILED
    assert "a secret detail" in job.error_for_operators
    assert "secret" not in job.error_for_people
    assert f"job {job.pk}" in job.error_for_people


def test_a_kind_that_is_gone_fails_truthfully():
    job = asked()
    Job.objects.filter(pk=job.pk).update(kind="tests.of_an_older_version")
    job = finished(job)
    assert "no longer makes" in job.error_for_people


def test_a_subject_that_is_gone_fails_truthfully():
    place = builders.place()
    job = request_job("tests.letter", by=builders.person(), subject=place)
    place.delete()
    assert "deleted" in finished(job).error_for_people


def test_each_end_is_in_the_audit_trail():
    programme = builders.programme()
    person = builders.evaluator(programme)
    run_job(request_job("tests.report", by=person, subject=programme).pk)
    request, end = AuditEvent.objects.filter(scope_id=str(programme.pk)).order_by("pk")
    assert (request.kind, end.kind) == ("documents.requested", "documents.made")
    assert end.by_name == str(person)
    assert end.subject_name == str(programme)


# --- What is true at the moment ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "standing"),
    [
        ({}, Standing.NOT_SENT),
        ({"message_sent_at": timezone.now()}, Standing.QUEUED),
        ({"status": "running", "attempts": 1}, Standing.INTERRUPTED),
        ({"status": "failed"}, Standing.FAILED),
        ({"status": "done", "finished_at": timezone.now()}, Standing.DONE),
    ],
)
def test_what_is_true_of_a_row_that_nobody_holds(row, standing):
    assert standing_of(asked(**row)) == standing


def test_running_is_said_only_while_somebody_holds_the_lock():
    job = asked(status="running", attempts=1)
    with hold(job.pk):
        assert standing_of(job) == Standing.RUNNING
    assert standing_of(job) == Standing.INTERRUPTED


def test_a_new_attempt_is_not_taken_for_the_dead_one():
    job = asked(status="running", attempts=1)
    Job.objects.filter(pk=job.pk).update(attempts=2)
    assert not died(job)


# --- The sweep --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"message_sent_at": timezone.now() - LONG_AGO},
        {
            "status": "running",
            "attempts": 1,
            "started_at": timezone.now(),
            "message_sent_at": timezone.now() - timedelta(seconds=1),
        },
    ],
    ids=["never sent", "lost", "runner died"],
)
def test_the_sweep_sends_again(row):
    job = asked(**row)
    swept_at = timezone.now()
    sweep_jobs()
    job.refresh_from_db()
    assert job.message_sent_at
    assert job.message_sent_at >= swept_at


def test_the_sweep_leaves_alone_what_is_on_its_way():
    sent = timezone.now() - timedelta(seconds=20)
    waiting = asked(message_sent_at=sent)
    interrupted = asked(
        status="running", attempts=1, started_at=sent - timedelta(minutes=1), message_sent_at=sent
    )
    running = asked(status="running", attempts=1)
    with hold(running.pk):
        sweep_jobs()
    rows = Job.objects.in_bulk([waiting.pk, interrupted.pk, running.pk])
    assert rows[waiting.pk].message_sent_at == rows[interrupted.pk].message_sent_at == sent
    assert rows[running.pk].message_sent_at is None


@pytest.mark.parametrize("find", [sweep_jobs, None], ids=["by the sweep", "by a late message"])
def test_a_job_whose_runners_all_died_is_given_up(find):
    job = asked(status="running", attempts=ATTEMPTS)
    find() if find else run_job(job.pk)
    job.refresh_from_db()
    assert job.status == Job.Status.FAILED
    assert "interrupted 3 times" in job.error_for_people


def test_the_sweep_stops_when_the_broker_is_away():
    job = asked()
    with broker_down():
        sweep_jobs()
    job.refresh_from_db()
    assert job.message_sent_at is None


def test_with_the_broker_down_the_request_succeeds(django_capture_on_commit_callbacks):
    with broker_down(), django_capture_on_commit_callbacks(execute=True):
        job = request_job("tests.letter", by=builders.person())
    job.refresh_from_db()
    assert standing_of(job) == Standing.NOT_SENT


# --- Progress ---------------------------------------------------------------------------------


@handles("tests.database_went_away")
def database_went_away(job: RunningJob) -> Outcome:
    """Loses the connection that holds the lock, as when the database starts anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s",
            [JOBS],
        )
    job.progress(1, 2, "Going on regardless")
    return Outcome()


def test_a_lost_database_is_an_interruption_and_not_a_failure():
    job = asked("tests.database_went_away")
    with pytest.raises(OperationalError):
        run_job(job.pk)
    job.refresh_from_db()
    assert standing_of(job) == Standing.INTERRUPTED


seen: list[tuple[int, int, str]] = []


@handles("tests.steps")
def steps(job: RunningJob) -> Outcome:
    """Reads its own row over another connection, as a page would, after each step."""
    other = connection.copy()
    seen.clear()
    with other.cursor() as cursor:
        for done in range(1000):
            job.progress(done, 1000, "Counting" if done < 500 else "Counting on")
            if done in (0, 1, 500):
                cursor.execute("SELECT steps_done, steps, doing FROM documents_job")
                seen.append(cursor.fetchone())
    other.close()
    return Outcome()


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_at_once_and_not_written_for_every_row(django_assert_max_num_queries):
    job = asked("tests.steps")
    run_job(job.pk)
    assert seen == [(0, 1000, "Counting"), (0, 1000, "Counting"), (500, 1000, "Counting on")]
    job.refresh_from_db()
    assert (job.steps_done, job.doing) == (1000, "")


def test_the_files_about_one_row_newest_first():
    place = builders.place()
    by = builders.person()
    old, new = (request_job("tests.letter", by=by, subject=place) for _ in range(2))
    request_job("tests.broken", by=by, subject=place)
    request_job("tests.letter", by=by, subject=builders.place())
    assert list(jobs_about(place, kinds=["tests.letter"])) == [new, old]
