"""What student code may have written, made harmless for a terminal, a log and a file."""

import re
import unicodedata

# Escape sequences whole, so that "[31m" does not stay behind.
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
_KEPT = "\n\t"
_WITHOUT_KEPT = str.maketrans("", "", _KEPT)
# A CI job obeys lines that begin with "::", and "##[", "##vso[" or "##teamcity[" anywhere in one.
_COMMANDS = re.compile(r"(?m)^[^\S\n]*::|##(?=\w*\[)")
# A command in backticks, and a shape: neither can be read in two pieces.
_WHOLE = re.compile(r"`[^`\n]{,70}`|\([\d, ]{,40}\)")
# Stands for a space that no line ends at. It is nobody's character: `printable` takes it out.
_GLUE = "\ue000"


def printable(text: str) -> str:
    """`text` without escape sequences, control and direction-changing characters."""
    plain = _ESCAPES.sub("", text.replace("\r\n", "\n"))
    # Nearly every text has none of them, and Python sees that at once.
    if not plain.translate(_WITHOUT_KEPT).isprintable():
        plain = "".join(c for c in plain if c in _KEPT or not _is_control(c))
    return defused(plain)


def defused(text: str) -> str:
    """`text` in which no line is an order to a CI job; again after lines were wrapped."""
    return _COMMANDS.sub(lambda match: " ".join(match[0]), text)


def _is_control(character: str) -> bool:
    # The last two of each plane are no characters, and XML has no place for them.
    nothing = ord(character) & 0xFFFE == 0xFFFE
    return nothing or unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")


def glued(text: str) -> str:
    """`text` whose commands, in backticks, and shapes stay on one line when it is wrapped.

    To be `unglued` after that.
    """
    return _WHOLE.sub(lambda match: match[0].replace(" ", _GLUE), text)


def unglued(text: str) -> str:
    """What was wrapped, with its spaces again."""
    return text.replace(_GLUE, " ")


def one_line(text: str) -> str:
    """`printable` on a single line."""
    return " ".join(printable(text).split())
