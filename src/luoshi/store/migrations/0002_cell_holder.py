"""Finding the posts an account holds without reading every cell."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0001_tables")]

    operations: ClassVar = [
        migrations.AddIndex(
            "indexcell",
            models.Index(fields=["text"], condition=models.Q(list="post", field="holder"), name="cell_holder"),
        ),
    ]
