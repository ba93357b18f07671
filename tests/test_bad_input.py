"""Bad input: each gives one clear line with its name and the reason, and the rest goes on."""

import gzip
import io
import ipaddress
import socket
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from pypdf import PdfWriter

from dateline.codebook import load_codebook
from dateline.errors import ConfigError
from dateline.model import Report
from dateline.sources import Failure, Fetcher, read
from dateline.sources.fetch import is_public

PROSE = "A mortar round fell beside a school in the old town on Friday and hurt two guards. " * 4
GOOD_PAGE = f"<html><body><article><p>{PROSE}</p></article></body></html>"


def read_all(*inputs: object, fetcher: Fetcher | None = None) -> list[Report | Failure]:
    return list(read([str(name) for name in inputs], codebook=load_codebook(), fetcher=fetcher))


def pdf(password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def warc_record(number: int) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + GOOD_PAGE.encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://b.example/{number}\r\n"
        f"Content-Type: application/http\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def lines_of(text: str) -> str:
    return f'{{"text": "{text}"}}'


# --- files ------------------------------------------------------------------------------------

BAD_FILES = {
    "nothing": ("a.txt", b"", "empty"),
    "blanks": ("a.txt", b" \n\n ", "empty"),
    "no page": ("a.html", b"", "empty"),
    "no lines": ("a.jsonl", b"\n", "empty"),
    "no PDF": ("a.pdf", b"", "empty"),
    "no feed": ("a.rss", b"", "empty"),
    "clutter only": ("a.txt", b"Home\n\nShare:\n\nTweet\n", "nothing but page clutter in it"),
    "zeros": ("a.txt", bytes(range(256)) * 9, "binary, not text"),
    "a program": ("a.txt", b"\x7fELF\x02\x01\x01" + bytes(99), "binary, not text: it is a program"),
    "a picture": (
        "a.html",
        b"\x89PNG\r\n\x1a\n" + bytes(99),
        "binary, not text: it is a PNG image",
    ),
    "an office document": (
        "a.txt",
        b"PK\x03\x04" + bytes(99),
        "binary, not text: it is a ZIP archive or an office document",
    ),
    "a PDF called text": ("a.txt", pdf(), "binary, not text: it is a PDF"),
    "binary lines": ("a.jsonl", b"\x00\x01\n" * 50, "binary, not text"),
    "UTF-8 with a broken character": (
        "a.txt",
        "Überfall in Čačak\n".encode() + b"\xff and more",
        "broken encoding: not UTF-8 at byte 21, though it is UTF-8 elsewhere",
    ),
    "UTF-8 cut in a character": (
        "a.txt",
        "Überfall in Čača".encode() + "č".encode()[:1],
        "broken encoding: not UTF-8 at byte 19, though it is UTF-8 elsewhere",
    ),
    "an undeclared Cyrillic encoding": (
        "a.txt",
        "Обстрел города произошёл в пятницу".encode("cp1251"),
        "broken encoding: not UTF-8 at byte 0, and no other encoding is declared",
    ),
    "another encoding than declared": (
        "a.html",
        b"<html><meta charset=shift_jis><p>\x80\xff\xff</p></html>",
        "broken encoding: not the shift_jis it declares",
    ),
    "a page without text": (
        "a.html",
        b"<html><body><img src=a.jpg></body></html>",
        "no report text in this page",
    ),
    "a page nested without end": (
        "a.html",
        b"<div>" * 100_000 + b"<p>text</p>",
        "HTML nested more than 250 deep, which no page needs",
    ),
    "a page of a million elements": (
        "a.html",
        b"<p>a<b>b</b></p>" * 500_000,
        "HTML of more than 40,000 elements: too much to clean",
    ),
    "a page of 20 MB": (
        "a.html",
        b"<html><p>" + PROSE.encode() * 70_000,
        "larger than the limit of 10 MB",
    ),
    "a text of 20 MB": ("a.txt", PROSE.encode() * 70_000, "larger than the limit of 10 MB"),
    "a scanned PDF": (
        "a.pdf",
        pdf(),
        "PDF without text; scanned pages need text recognition first",
    ),
    "an encrypted PDF": (
        "a.pdf",
        pdf("secret"),
        "encrypted PDF; remove its password first",
    ),
    "a page that calls itself a feed": ("a.xml", GOOD_PAGE.encode(), "not an RSS or Atom feed"),
    "a list that calls itself a feed": ("a.rss", b"[1, 2]", "not an RSS or Atom feed"),
    "a feed without entries": (
        "a.rss",
        b"<rss version='2.0'><channel><title>x</title></channel></rss>",
        "feed without entries",
    ),
    "an archive of nothing": ("a.warc", b"", "web archive without a readable page"),
    "a kind that is not read": (
        "a.docx",
        b"x",
        (
            "files of this kind are not read; these are: .txt .md .html .htm .jsonl .pdf .xml .rss "
            ".atom .warc .warc.gz"
        ),
    ),
}


@pytest.mark.parametrize(("name", "data", "reason"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_one_line_and_the_rest_goes_on(tmp_path: Path, name, data, reason):
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(PROSE)
    failure, report = read_all(tmp_path / name, tmp_path / "good.txt")
    assert failure == Failure(str(tmp_path / name), reason)
    assert isinstance(report, Report)


@pytest.mark.parametrize(
    ("name", "data", "start"),
    [
        ("a.pdf", b"%PDF-1.7\nnonsense", "broken PDF: "),
        ("a.pdf", b"no PDF at all", "broken PDF: "),
        ("a.pdf", pdf()[:200], "broken PDF: "),
        ("a.warc", b"no archive at all, just words\n", "web archive broken or cut off"),
        ("a.warc.gz", b"\x1f\x8bnot gzip", "web archive broken or cut off: "),
    ],
)
def test_a_broken_file_says_what_is_broken(tmp_path: Path, name, data, start):
    (tmp_path / name).write_bytes(data)
    (failure,) = read_all(tmp_path / name)
    assert isinstance(failure, Failure)
    assert failure.reason.startswith(start)
    assert "\n" not in failure.reason


def test_a_record_longer_than_it_says_ends_the_archive(tmp_path: Path, capfd):
    first, second = warc_record(0), warc_record(1)
    (tmp_path / "a.warc").write_bytes(
        first + second.replace(b"\r\n\r\n<html", b"\r\n\r\nmore<html")
    )
    report, *_, failure = read_all(tmp_path / "a.warc")
    assert isinstance(report, Report)
    assert failure.reason == "web archive with a record longer than it says (after 2 pages)"
    assert capfd.readouterr().err == ""


def test_western_text_without_a_declaration_is_read(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes("El general Ibáñez murió, según el ejército.".encode("cp1252"))
    (report,) = read_all(tmp_path / "a.txt")
    assert report.text == "El general Ibáñez murió, según el ejército."


@pytest.mark.parametrize("name", ["missing.txt", "missing", "a\x00b"])
def test_a_missing_file_is_a_failure(tmp_path: Path, name: str):
    (failure,) = read_all(tmp_path / name)
    assert isinstance(failure, Failure)


def test_a_folder_without_a_readable_file_is_a_failure(tmp_path: Path):
    assert read_all(tmp_path) == [Failure(str(tmp_path), "no file in it that dateline reads")]


def test_a_date_that_is_none_stops_before_anything_is_read():
    with pytest.raises(ConfigError, match="'July' is not a date; write it as 2021-07-05"):
        read(["-"], published="July", codebook=load_codebook())


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("not JSON", "this line is not JSON: Expecting value: line 1 column 1 (char 0)"),
        ("[1]", "this line is JSON but not an object"),
        ('"text"', "this line is JSON but not an object"),
        ('{"title": "x"}', "no text in this report"),
        ('{"text": "  "}', "no text in this report"),
        ('{"text": 5}', "text is not a string"),
        ('{"text": "x", "url": ["y"]}', "url is not a string"),
        (r'{"text": "x \u0000"}', "text with a NUL character"),
        (r'{"text": "x \ud800"}', "text with half of a surrogate pair"),
        (
            '{"text": "x", "published": "5 July"}',
            "published '5 July' is not an ISO 8601 date; write 2021-07-05",
        ),
    ],
)
def test_a_bad_line_is_named_and_the_next_one_is_read(tmp_path: Path, line: str, reason: str):
    (tmp_path / "a.jsonl").write_text(f"{lines_of('one')}\n{line}\n{lines_of('three')}\n")
    first, second, third = read_all(tmp_path / "a.jsonl")
    assert (first.text, third.text) == ("one", "three")
    assert second == Failure(f"{tmp_path / 'a.jsonl'}:2", reason)


@pytest.mark.parametrize("line", ["[" * 100_000, '{"a":' * 100_000, "1" * 10_000, b"\xff\xfe{}"])
def test_a_hostile_line_is_only_a_failure(tmp_path: Path, line: str | bytes):
    data = line.encode() if isinstance(line, str) else line
    (tmp_path / "a.jsonl").write_bytes(lines_of("one").encode() + b"\n" + data)
    report, failure = read_all(tmp_path / "a.jsonl")
    assert isinstance(report, Report)
    assert isinstance(failure, Failure)


def test_a_line_beyond_the_limit_does_not_hide_the_next(tmp_path: Path):
    (tmp_path / "a.jsonl").write_text(f"{lines_of('x' * 25_000_000)}\n{lines_of('two')}\n")
    failure, report = read_all(tmp_path / "a.jsonl")
    assert failure == Failure(f"{tmp_path / 'a.jsonl'}:1", "larger than the limit of 10 MB")
    assert report.text == "two"


def test_an_entity_bomb_in_a_feed_is_not_expanded(tmp_path: Path):
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    (tmp_path / "a.rss").write_text(
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "boom">{entities}]>'
        "<rss version='2.0'><channel><item><title>&e11;</title></item></channel></rss>"
    )
    started = time.monotonic()
    outcomes = read_all(tmp_path / "a.rss")
    assert [type(outcome) for outcome in outcomes] == [Failure]
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("compress", [True, False])
def test_an_archive_cut_anywhere_gives_what_stands_before_the_cut(tmp_path: Path, compress: bool):
    name = str(tmp_path / ("a.warc.gz" if compress else "a.warc"))
    first, second = (gzip.compress(r) if compress else r for r in map(warc_record, range(2)))
    for cut in [*range(1, len(second), 7), len(second) - 1]:
        Path(name).write_bytes(first + second[:cut])
        report, *rest = read_all(name)
        assert isinstance(report, Report)
        assert report.url == "https://b.example/0"
        assert isinstance(rest[-1], Failure)
        assert rest[-1].source == name
        assert rest[-1].reason.startswith("web archive ")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (bytes(100), "binary, not text"),
        (gzip.compress(b"x", mtime=0), "a web archive is read from a file, not from a pipe"),
    ],
)
def test_bad_standard_input_is_a_failure(monkeypatch, data: bytes, reason: str):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert read_all("-") == [Failure("standard input", reason)]


# --- web --------------------------------------------------------------------------------------


class BadServer(BaseHTTPRequestHandler):
    """Answers with what stands in `answers`, or as slowly or endlessly as asked there."""

    answers: dict[str, tuple[int, dict[str, str], bytes | str]]
    over: threading.Event

    def do_GET(self) -> None:
        status, headers, body = self.answers.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if body == "silence":
            self.over.wait(10)
        elif body == "trickle in the head":
            self.flush_headers()
            self.pour(b"x" * 1000, pause=0.05)
        else:
            self.end_headers()
            if isinstance(body, bytes):
                self.wfile.write(body)
            elif body == "trickle":
                self.pour(b"x" * 1000, pause=0.05)
            else:
                self.pour(b"x" * 1000, pause=0, repeat=1000)

    def pour(self, data: bytes, pause: float, repeat: int = 1) -> None:
        for byte in data:
            if self.over.wait(pause):
                return
            try:
                self.wfile.write(bytes([byte]) * repeat * repeat)
            except OSError:
                return

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[SimpleNamespace]:
    """A web site on the loopback address that can answer badly, or not at all."""
    answers: dict[str, object] = {}
    over = threading.Event()
    handler = type("Handler", (BadServer,), {"answers": answers, "over": over})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"

    def add(path: str, body: object, status: int = 200, **headers: str) -> str:
        answers[path] = (status, {"Content-Type": "text/html"} | headers, body)
        return url + path

    yield SimpleNamespace(url=url, add=add)
    over.set()
    server.shutdown()
    server.server_close()


def loopback_fetcher(**options: float) -> Fetcher:
    settings = {"timeout": 0.5, "deadline": 1.0, "pause": 0.0}
    return Fetcher(allow_addresses=["127.0.0.1"], **(settings | options))


def reason_of(url: str, **options: float) -> str:
    started = time.monotonic()
    (failure,) = read_all(url, fetcher=loopback_fetcher(**options))
    assert time.monotonic() - started < 5
    assert isinstance(failure, Failure)
    assert failure.source == url
    return failure.reason


@pytest.mark.parametrize(
    ("status", "headers", "body", "reason"),
    [
        (404, {}, b"", "HTTP status 404 Not Found"),
        (500, {}, b"", "HTTP status 500 Internal Server Error"),
        (204, {}, b"", "HTTP status 204 No Content"),
        (200, {}, b"", "empty"),
        (
            200,
            {"Content-Type": "image/png"},
            b"x",
            "content type image/png is none that dateline reads",
        ),
        (200, {"Content-Type": "application/rss+xml"}, b"words", "not an RSS or Atom feed"),
        (200, {"Content-Length": "20000000"}, b"x", "larger than the limit of 10 MB"),
        (200, {}, "endless", "larger than the limit of 10 MB"),
        (200, {}, "silence", "no answer within 0.5 s"),
        (200, {}, "trickle", "not read within 1 s"),
        (200, {}, "trickle in the head", "not read within 1 s"),
        (
            200,
            {"Content-Encoding": "gzip"},
            gzip.compress(bytes(50_000_000)),
            "larger than the limit of 10 MB",
        ),
        (
            200,
            {"Content-Encoding": "deflate"},
            zlib.compress(bytes(50_000_000)),
            "larger than the limit of 10 MB",
        ),
        (200, {"Content-Encoding": "br"}, b"x", "content encoding 'br' was not asked for"),
    ],
)
def test_a_bad_answer_is_one_line(site, status, headers, body, reason):
    assert reason_of(site.add("/page", body, status, **headers)) == reason


def test_an_answer_with_broken_compression_is_a_failure(site):
    url = site.add("/page", b"not gzip", **{"Content-Encoding": "gzip"})
    assert reason_of(url).startswith("broken compression: ")


def test_a_circle_of_redirects_ends(site):
    url = site.add("/circle", b"", 302, Location="/circle")
    assert reason_of(url) == "more than 5 redirects"


def test_a_failing_robots_txt_allows_nothing(site):
    site.add("/robots.txt", b"", 503)
    url = site.add("/page", GOOD_PAGE.encode())
    assert reason_of(url) == ("robots.txt of 127.0.0.1: HTTP status 503 Service Unavailable")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://127.0.0.2/", "127.0.0.2 is at 127.0.0.2, which is not a public address"),
        ("http://10.0.0.8/a", "10.0.0.8 is at 10.0.0.8, which is not a public address"),
        (
            "http://169.254.169.254/latest/meta-data",
            "169.254.169.254 is at 169.254.169.254, which is not a public address",
        ),
        ("http://[::1]/", "::1 is at ::1, which is not a public address"),
        ("http://2130706434/", "2130706434 is at 127.0.0.2, which is not a public address"),
        ("file:///etc/passwd", "only http and https are fetched, not file"),
        ("gopher://b.example/", "only http and https are fetched, not gopher"),
    ],
)
def test_a_redirect_to_a_private_address_is_not_followed(site, location: str, reason: str):
    assert reason_of(site.add("/page", b"", 302, Location=location)) == reason


def test_a_name_that_resolves_to_a_private_address_is_not_asked(monkeypatch):
    def resolve(*_: object, **__: object) -> list[object]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))
            for address in ("93.184.216.34", "192.168.1.1")
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    (failure,) = read_all("http://innocent.example/page")
    assert failure.reason.endswith(
        "innocent.example is at 192.168.1.1, which is not a public address"
    )


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://", "only http and https are fetched, not http"),
        ("http://[bad", "no address known for host"),
        ("https://127.0.0.1/", "which is not a public address"),
        ("http://localhost:1/", "which is not a public address"),
        ("ftp://b.example/a", "only http and https are fetched"),
    ],
)
def test_a_bad_url_is_a_failure(url: str, reason: str):
    (failure,) = read_all(url)
    assert failure.source == url
    assert reason in failure.reason


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("100.64.0.1", False),
        ("169.254.1.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
    ],
)
def test_only_the_public_internet_is_public(address: str, public: bool):
    assert is_public(ipaddress.ip_address(address)) is public
