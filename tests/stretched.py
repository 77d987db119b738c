"""Texts 40 % longer than they are, to find layouts that break when a translation is long."""

import gettext
import math

FILLER = " lagi dan lagi"


class Stretched(gettext.NullTranslations):
    """Translates as ``plain`` does and lengthens the result; placeholders stay as they are."""

    def __init__(self, plain: gettext.NullTranslations, factor: float = 1.4) -> None:
        super().__init__()
        self._plain, self._factor = plain, factor

    def gettext(self, message: str) -> str:
        """The translation, lengthened."""
        return self._longer(self._plain.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The translation of a counting text, lengthened."""
        return self._longer(self._plain.ngettext(msgid1, msgid2, n))

    def pgettext(self, context: str, message: str) -> str:
        """The translation of an ambiguous word, lengthened."""
        return self._longer(self._plain.pgettext(context, message))

    def _longer(self, text: str) -> str:
        extra = math.ceil(len(text) * (self._factor - 1))
        return text + (FILLER * math.ceil(extra / len(FILLER)))[:extra]
