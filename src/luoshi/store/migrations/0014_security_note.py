"""Lines about signing in and about accounts, for who watches over them."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0013_second_factor")]

    operations: ClassVar = [
        migrations.CreateModel(
            "SecurityNote",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=36, unique=True)),
                ("at", models.DateTimeField(db_index=True)),
                ("kind", models.CharField(max_length=24)),
                ("account", models.CharField(blank=True, db_index=True, max_length=64)),
                ("by", models.CharField(blank=True, max_length=64)),
                ("address", models.CharField(blank=True, max_length=64)),
            ],
        ),
    ]
