"""Bytes to text, and what kind of content some bytes are; refuses rather than guesses."""

import codecs
import re
import zlib
from collections.abc import Iterable

from dateline.codebook import Grammar
from dateline.errors import SourceError
from dateline.sources.outcome import MEGABYTE, MOST_TEXT

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FEED = re.compile(rb"<(?:rss|feed|rdf:rdf)[\s>]", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|div|p|h1)[\s>]", re.IGNORECASE)
_HEAD = 2048
# Letters outside ASCII in a text of a language written in Latin letters; other scripts read as
# Windows-1252 are almost nothing else.
_MOST_ACCENTS = 0.25


class BinaryError(SourceError):
    """Bytes that are no text at all."""


def decode(data: bytes, clutter: Grammar, charset: str | None = None) -> str:
    """Decode as UTF-8, else as declared, else as Windows-1252 if that reads like a text.

    `charset` is what the sender declared; otherwise a declaration in the first bytes counts.
    Raises SourceError for what is empty, binary, or in no encoding that fits.
    """
    refuse_empty(data)
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(name, data)
    refuse_binary(data, clutter)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        broken = f"broken encoding: not UTF-8 at byte {error.start:,}"
    declared = _known(charset) or _declared(data)
    if declared and declared != "utf-8":
        return _decode_as(declared, data)
    if _mostly_utf8(data):
        raise SourceError(f"{broken}, though it is UTF-8 elsewhere")
    text = _decode_as("windows-1252", data, broken)
    if not _plausible(text):
        raise SourceError(f"{broken}, and no other encoding is declared")
    return text


def refuse_binary(data: bytes, clutter: Grammar) -> None:
    """Raise SourceError if the bytes are not text, naming the kind of file where it is known."""
    for mark, kind in clutter.tables["file_kinds"].items():
        if data.startswith(bytes.fromhex(mark)):
            raise BinaryError(f"binary, not text: it is {kind}")
    head = data[: 64 * 1024]
    if b"\x00" in data or len(_CONTROL.findall(head)) > len(head) // 200:
        raise BinaryError("binary, not text")


def find_kind(data: bytes) -> str:
    """Tell content apart by its first bytes: pdf, warc, feed, html, jsonl or text."""
    head = data[:_HEAD].removeprefix(codecs.BOM_UTF8).lstrip()
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith((b"WARC/", b"\x1f\x8b")):
        return "warc"
    if head.startswith(b"<"):
        return "feed" if _FEED.search(head) else "html" if _HTML.search(head) else "text"
    if head.startswith(b"{"):
        line = head.partition(b"\n")[0]
        return "jsonl" if re.match(rb'\{\s*(?:"|\}|$)', line) else "text"
    return "text"


def gunzip(chunks: Iterable[bytes], encoding: str, most: int = MOST_TEXT) -> bytes:
    """Undo the content encoding of a response; raises SourceError beyond `most` bytes."""
    encoding = encoding.strip().lower()
    if encoding in {"", "identity"}:
        return _joined(chunks, most)
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise SourceError(f"content encoding {encoding!r} was not asked for")
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | (0 if encoding == "deflate" else 16))
    unpacked = bytearray()
    try:
        for chunk in chunks:
            unpacked += unpacker.decompress(chunk, most + 1 - len(unpacked))
            refuse_large(len(unpacked), most)
    except zlib.error as error:
        message = f"broken compression: {error}"
        raise SourceError(message) from error
    return bytes(unpacked)


def refuse_empty(data: bytes) -> None:
    """Raise SourceError if there is nothing but blanks."""
    if not data.strip():
        raise SourceError("empty")


def refuse_large(size: int, most: int) -> None:
    """Raise SourceError beyond a limit, naming it."""
    if size > most:
        raise SourceError(f"larger than the limit of {most // MEGABYTE} MB")


def _joined(chunks: Iterable[bytes], most: int) -> bytes:
    data = bytearray()
    for chunk in chunks:
        data += chunk
        refuse_large(len(data), most)
    return bytes(data)


def _decode_as(name: str, data: bytes, otherwise: str | None = None) -> str:
    # What calls itself Latin-1 or ASCII on the web is Windows-1252 (WHATWG Encoding Standard).
    name = "windows-1252" if codecs.lookup(name).name in {"iso8859-1", "ascii"} else name
    try:
        text = data.decode(name)
    except UnicodeError as error:
        message = otherwise or f"broken encoding: not the {name} it declares"
        raise SourceError(message) from error
    if "\x00" in text:
        raise BinaryError("binary, not text")
    return text


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:_HEAD])
    return _known(match[1].decode("ascii", "replace")) if match else None


def _known(charset: str | None) -> str | None:
    try:
        return codecs.lookup(charset).name if charset else None
    except (LookupError, ValueError):
        return None


def _mostly_utf8(data: bytes) -> bool:
    read = data.decode(errors="replace")
    return any(not c.isascii() and c != "\ufffd" for c in set(read))


def _plausible(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    accents = sum(not c.isascii() for c in letters)
    return bool(letters) and accents <= _MOST_ACCENTS * len(letters)
