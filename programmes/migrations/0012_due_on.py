from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0011_what_members_typed")]

    operations = [
        migrations.AddField(
            model_name="callphase",
            name="due_on",
            field=models.DateField(
                blank=True, null=True, verbose_name="members are asked to be done by"
            ),
        ),
    ]
