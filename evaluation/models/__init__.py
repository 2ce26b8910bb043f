from evaluation.models.case_study import CaseStudy, CaseStudyStatus, CaseStudyType, StatusChange
from evaluation.models.coding import Coding
from evaluation.models.evidence import Evidence, TextVersion
from evaluation.models.excerpt import Excerpt
from evaluation.models.section import Draft, Heading, QuotePlacement, Section, SectionRevision
from evaluation.models.source import Source, SourceKind
from evaluation.models.upload import Upload

__all__ = [
    "CaseStudy",
    "CaseStudyStatus",
    "CaseStudyType",
    "Coding",
    "Draft",
    "Evidence",
    "Excerpt",
    "Heading",
    "QuotePlacement",
    "Section",
    "SectionRevision",
    "Source",
    "SourceKind",
    "StatusChange",
    "TextVersion",
    "Upload",
]
