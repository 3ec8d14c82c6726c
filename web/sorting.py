"""Names in Norwegian order, whatever collation the database was made with."""

from django.db.models import Func, TextField


class NorskSort(Func):
    """Sort key of a text: …, Z, Æ, Ø, Å; case and other accents ignored; KL2 before KL10.

    `order_by(NorskSort("name"), "pk")`. The key is compared byte by byte.
    """

    function = "norsk_sort"
    template = '%(function)s(%(expressions)s) COLLATE "C"'
    arity = 1
    output_field = TextField()
