from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("classrooms", "0002_school_namespace")]

    operations = [
        migrations.AddField(
            model_name="school",
            name="namespace_is_personal",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
