"""Whether Windows itself shows everything in high contrast."""

from __future__ import annotations

import sys

GET_HIGH_CONTRAST, IS_ON = 0x0042, 1  # as Windows numbers the question, and the answer's flag


def system_contrast() -> bool:
    """Whether the user of this computer has switched high contrast on; only Windows is asked (Qt 6.9 does not tell)."""
    if sys.platform != "win32":
        return False
    import ctypes

    class HighContrast(ctypes.Structure):
        """What Windows fills in when asked: its own size first, then the flags."""

        _fields_ = (("size", ctypes.c_uint), ("flags", ctypes.c_uint), ("scheme", ctypes.c_wchar_p))

    asked = HighContrast(ctypes.sizeof(HighContrast))
    told = ctypes.windll.user32.SystemParametersInfoW(GET_HIGH_CONTRAST, asked.size, ctypes.byref(asked), 0)
    return bool(told and asked.flags & IS_ON)
