from django.db import models

from programmes.models.programme import Programme


class MOUTemplate(models.Model):
    """What a programme's MOUs begin with. Staff edit it; what has been begun with it stays as it is."""

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, related_name="mou_template"
    )
    title = models.CharField(max_length=200)

    class Meta:
        verbose_name = "MOU template"

    def __str__(self) -> str:
        return f"MOU template of {self.programme}"


class TemplateClause(models.Model):
    """One clause to begin with. `key` names it in every MOU made from the template."""

    template = models.ForeignKey(MOUTemplate, on_delete=models.CASCADE, related_name="clauses")
    key = models.SlugField(max_length=200)
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=200)
    text = models.TextField()  # Markdown

    class Meta:
        ordering = ["template", "position"]
        constraints = [
            models.UniqueConstraint(fields=["template", "key"], name="template_clause_once")
        ]

    def __str__(self) -> str:
        return self.heading
