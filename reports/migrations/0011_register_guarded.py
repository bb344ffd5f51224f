from django.db import migrations

from campaigns import triggers


def guard(apps, schema_editor):
    triggers.create(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [("reports", "0010_word_returns")]

    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
