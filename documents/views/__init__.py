from documents.views.job import job, job_again, job_file

__all__ = ["job", "job_again", "job_file"]
