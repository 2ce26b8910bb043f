import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0007_decision_changes")]

    operations = [
        migrations.AddField(
            model_name="support",
            name="expires_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
    ]
