from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hubsync", "0003_run_result_planned")]

    operations = [
        migrations.AddField(
            model_name="hubaccount",
            name="teachers_push",
            field=models.BooleanField(default=False, verbose_name="teachers may push"),
        ),
        migrations.AddField(
            model_name="hubaccount",
            name="former_name",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AlterField(
            model_name="remoteobject",
            name="kind",
            field=models.CharField(
                choices=[
                    ("team", "team"),
                    ("repository", "repository"),
                    ("member", "member"),
                    ("collaborator", "collaborator"),
                ],
                max_length=12,
            ),
        ),
    ]
