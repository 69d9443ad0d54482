"""How the first handling went stands on the request; the orders of the list get their indexes."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def repeat_clocks(apps, schema_editor):
    request, clock = apps.get_model("cases", "Request"), apps.get_model("flow", "ClockRow")
    first = clock.objects.filter(kind="request", name="handle", subject=OuterRef("pk")).order_by("-id")
    request.objects.update(
        handle_due=Subquery(first.values("due")[:1]), handled=Subquery(first.values("stopped")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_enterprise_of_request"), ("flow", "0001_initial")]

    operations = [
        migrations.AddField("request", "handle_due", models.DateTimeField(null=True)),
        migrations.AddField("request", "handled", models.DateTimeField(null=True)),
        migrations.AddIndex("request", models.Index(fields=["-created", "-id"], name="request_newest")),
        migrations.AddIndex("request", models.Index(fields=["promise", "id"], name="request_promised")),
        migrations.RunPython(repeat_clocks, migrations.RunPython.noop),
    ]
