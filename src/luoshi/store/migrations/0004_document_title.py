"""A document's own title beside the name of its file; empty for those kept before."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0003_rating_parts")]

    operations: ClassVar = [
        migrations.AddField("documentrow", "title", models.CharField(max_length=200, blank=True, default=""), False),
    ]
