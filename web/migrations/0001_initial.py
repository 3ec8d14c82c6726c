from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models

# The key holds only what sorts right byte by byte: æ, ø, å become the three signs after z in ASCII.
# Upper case letters outside ASCII are folded by name and by decomposition, so that the result is the same
# in every locale; the function is immutable and can stand in an index.
#   1. æ ø å, and the letters Norwegian files with them (ä, ö, œ, ü as y)
#   2. accents off: decompose and drop the combining marks; lower case; letters that do not decompose
#   3. every run of digits padded to twenty, so that KL2 comes before KL10
NORSK_SORT = r"""
CREATE FUNCTION norsk_sort(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $function$
  SELECT regexp_replace(
    regexp_replace(
      replace(replace(
        translate(
          lower(regexp_replace(
            normalize(
              translate(
                normalize(value COLLATE "C", NFC),
                'ÆæÄäØøÖöŒœÅåÜü', '{{{{||||||}}yy'
              ),
              NFD
            ),
            '[\u0300-\u036f]', '', 'g'
          )),
          'đĐłŁŋŊŧŦðÐ', 'ddllnnttdd'
        ),
        'ß', 'ss'), 'þ', 'th'),
      '\d+', '00000000000000000000\&', 'g'
    ),
    '\d*(\d{20})', '\1', 'g'
  )
$function$
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []
    # Their constraints use what is made here, which no model says.
    run_before = [("organisation", "__first__")]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(NORSK_SORT, "DROP FUNCTION norsk_sort(text)"),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=120, unique=True, verbose_name="skjema")),
                ("user_id", models.BigIntegerField(verbose_name="bruker")),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="sendt")),
                ("result_url", models.CharField(blank=True, max_length=500, verbose_name="svarside")),
            ],
            options={"verbose_name": "sendt skjema", "verbose_name_plural": "sendte skjemaer"},
        ),
    ]
