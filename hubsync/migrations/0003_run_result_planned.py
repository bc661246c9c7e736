from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hubsync", "0002_account_found")]

    operations = [
        migrations.AlterField(
            model_name="syncrun",
            name="result",
            field=models.CharField(
                choices=[
                    ("running", "running"),
                    ("planned", "planned, waits for your yes"),
                    ("settled", "as the school wants it"),
                    ("partly", "not all could be done"),
                    ("interrupted", "interrupted, goes on"),
                    ("unproven", "Docker Hub’s answer was not complete"),
                    ("failed", "failed"),
                ],
                default="running",
                max_length=12,
            ),
        ),
    ]
