from documents.views.check import check, seal_certificate
from documents.views.job import job, job_again, job_file

__all__ = ["check", "job", "job_again", "job_file", "seal_certificate"]
