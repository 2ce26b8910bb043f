from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0013_mou")]

    operations = [
        migrations.AddField(
            model_name="signing",
            name="site",
            field=models.URLField(default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="signature",
            name="words_version",
            field=models.CharField(blank=True, default="", max_length=10),
            preserve_default=False,
        ),
    ]
