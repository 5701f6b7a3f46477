"""The wording of the rules that months were opened with."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0009_search_text")]

    operations: ClassVar = [
        migrations.CreateModel(
            "StoredRules",
            [
                ("version", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                ("name", models.CharField(max_length=64)),
                ("text", models.TextField()),
                ("taken_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
    ]
