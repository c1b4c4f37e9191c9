"""Case numbers in the form in which two are compared."""

from __future__ import annotations

import re

from app.core.people.names import compare_form

_SIGNS = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]+")
_BRACKETS = str.maketrans(dict.fromkeys("（）()〔〕[]【】［］", " "))


def case_key(text: str) -> str:
    """A case number in the form in which two are compared: brackets and blanks do not matter."""
    return _SIGNS.sub("", compare_form(text.translate(_BRACKETS)))
