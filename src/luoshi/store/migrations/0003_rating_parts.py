"""How many of a task's commitments could be rated, beside its light."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0002_cell_holder")]

    operations: ClassVar = [
        migrations.AddField("rating", "parts", models.CharField(max_length=12, blank=True, default=""), False),
    ]
