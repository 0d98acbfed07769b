"""Officers and failed sign-ins."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """The first tables of accounts."""

    initial = True
    dependencies: ClassVar[list[tuple[str, str]]] = []
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("password", models.CharField(max_length=128)),
                ("last_login", models.DateTimeField(blank=True, null=True)),
                ("username", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("reader", models.CharField(max_length=20)),
                ("role", models.CharField(max_length=20)),
                ("language", models.CharField(max_length=2)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="FailedSignIns",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("username", models.CharField(max_length=150)),
                ("address", models.CharField(max_length=45)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("last_us", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["username", "address"], name="one_row_each")
                ],
            },
        ),
    ]
