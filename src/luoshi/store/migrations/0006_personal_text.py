"""The words of personal fields, apart from the facts that hold their salted hashes."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0005_api_tokens")]

    operations: ClassVar = [
        migrations.CreateModel(
            "PersonalText",
            [
                ("token", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("entry", models.CharField(max_length=120, db_index=True)),
                ("field", models.CharField(max_length=64)),
                ("salt", models.CharField(max_length=64)),
                ("text", models.TextField()),
            ],
        ),
    ]
