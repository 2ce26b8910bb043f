from documents.models.job import Job, Standing
from documents.models.seal_certificate import SealCertificate
from documents.models.sealed_file import SealedFile

__all__ = ["Job", "SealCertificate", "SealedFile", "Standing"]
