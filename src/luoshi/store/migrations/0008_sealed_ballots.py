"""Ballots and the roll of who voted, each in a table of its own, without a number or a time that links them."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0007_saved_views")]

    operations: ClassVar = [
        migrations.CreateModel(
            "SealedBallot",
            [
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("vote", models.CharField(max_length=120, db_index=True)),
                ("marks", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            "RollMark",
            [
                ("key", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("vote", models.CharField(max_length=120, db_index=True)),
                ("voter", models.CharField(max_length=64)),
            ],
        ),
    ]
