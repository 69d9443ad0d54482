"""Requests refer to the record of the registry; those already filed get it from their firm's link."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def link(apps, schema_editor):
    request, record = apps.get_model("cases", "Request"), apps.get_model("registry", "Enterprise")
    of_firm = record.objects.filter(organisation=OuterRef("firm")).values("pk")[:1]
    request.objects.exclude(firm=None).update(enterprise=Subquery(of_firm))


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("registry", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="request",
            name="enterprise",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.enterprise"
            ),
        ),
        migrations.RunPython(link, migrations.RunPython.noop),
    ]
