from documents.models.job import Job

__all__ = ["Job"]
