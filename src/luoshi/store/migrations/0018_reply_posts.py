"""The posts with which a request of the interface was answered; what was answered before names none."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0017_roll_salt")]

    operations: ClassVar = [
        migrations.AddField("apireply", "posts", models.TextField(blank=True, default="")),
    ]
