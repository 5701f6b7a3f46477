import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0012_digested_on'),
    ]

    operations = [
        migrations.CreateModel(
            name='SecondFactor',
            fields=[
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='factor', serialize=False, to='store.account')),
                ('sealed_key', models.TextField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='启用时间')),
                ('last_step', models.BigIntegerField(default=-1)),
                ('recovery', models.TextField(default='[]')),
            ],
        ),
    ]
