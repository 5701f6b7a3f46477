"""The salt of each counted vote's roll; votes counted before have none and are checked without."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0016_document_set_aside")]

    operations: ClassVar = [
        migrations.CreateModel(
            "RollSalt",
            [
                ("vote", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("salt", models.CharField(max_length=64)),
            ],
        ),
    ]
