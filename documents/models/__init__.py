from documents.models.job import Job, Standing

__all__ = ["Job", "Standing"]
