"""Lines of a file for calendars (iCalendar, RFC 5545)."""

LONGEST_LINE = 75
"""In octets, without the line's end (RFC 5545, 3.1)."""


def text_value(text: str) -> str:
    """Return words as the value of a property."""
    for letter in "\\;,":
        text = text.replace(letter, "\\" + letter)
    lines = "".join(one if one >= " " else "\n" for one in text.replace("\r\n", "\n"))
    return lines.replace("\n", "\\n")


def content_line(line: str) -> bytes:
    """Break a line at 75 octets, never inside a letter (RFC 5545, 3.1)."""
    parts: list[bytes] = []
    part = b""
    for letter in line:
        encoded = letter.encode("utf-8", "replace")
        if len(part) + len(encoded) > LONGEST_LINE:
            parts.append(part)
            part = b" "
        part += encoded
    return b"\r\n".join([*parts, part]) + b"\r\n"
