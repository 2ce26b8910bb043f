from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0016_citation_wording"),
    ]

    operations = [
        migrations.AddField(
            model_name="commitmentchange",
            name="seen_by_before",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="commitmentchange",
            name="what_before",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="moureview",
            name="came",
            field=models.TextField(blank=True, verbose_name="who came"),
        ),
    ]
