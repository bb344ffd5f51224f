"""Blocks are found by their words."""

import html
import re

import campaigns.search
from django.db import migrations


def texts(content):
    if isinstance(content, str):
        return [content]
    inner = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    return [text for value in inner for text in texts(value)]


def fill(apps, schema_editor):
    blocks = apps.get_model("reports", "Block").objects
    for pk, content in blocks.values_list("pk", "content").iterator(chunk_size=500):
        words = html.unescape(re.sub(r"<[^>]*>", " ", " ".join(texts(content))))
        blocks.filter(pk=pk).update(search=campaigns.search.fold(words))


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0013_drafting_desk"),
    ]

    operations = [
        migrations.AddField(
            model_name="block",
            name="search",
            field=campaigns.search.FoldedField(of=("words",)),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
