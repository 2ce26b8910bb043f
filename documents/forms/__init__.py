from documents.forms.writing import KeptText, RevisionForm, WritingForm

__all__ = ["KeptText", "RevisionForm", "WritingForm"]
