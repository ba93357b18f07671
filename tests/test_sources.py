"""Reading good input: every kind of file, folders, standard input, pages and feeds over HTTP."""

import datetime as dt
import gzip
import io
import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from dateline.codebook import load_codebook
from dateline.model import Report
from dateline.sources import Failure, Fetcher, read

NOW = dt.datetime(2021, 7, 10, 12, tzinfo=dt.UTC)
BODY = (
    (
        "Two drones fell on a customs post near Qaim before dawn, border guards said, and nobody "
        "was hurt in the strike."
    ),
    (
        "An officer of the border guard said that a fuel tank burned for two hours and that "
        "engineers were counting the damage."
    ),
    (
        "Nobody has said who sent the drones, and the governor of the province asked for an "
        "inquiry into the attack, the third of its kind since the spring."
    ),
)


def page_of(title: str, *paragraphs: str, head: str = "") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{text}</article></body></html>"
    )


PAGE = page_of("Drones hit customs post near Qaim", *BODY)
TEXT = "Drones hit customs post near Qaim\n\n" + "\n\n".join(BODY)
DATED = '<meta property="article:published_time" content="2021-07-08T06:10:00+03:00">'


def rss(*entries: str) -> str:
    return (
        "<?xml version='1.0'?><rss version='2.0' "
        "xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
        f"<title>Border News</title>{''.join(entries)}</channel></rss>"
    )


def entry(link: str = "", content: str = "", published: str = "") -> str:
    return (
        f"<item><title>Drones hit customs post near Qaim</title><link>{link}</link>"
        f"<pubDate>{published}</pubDate><description>Two drones fell.</description>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded></item>"
    )


FULL_CONTENT = "".join(f"<p>{paragraph}</p>" for paragraph in (*BODY, *BODY[::-1]))


def pdf_of(*lines: str, catalog: bytes = b"") -> bytes:
    """The smallest PDF that shows some lines."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode() if lines else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b">>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, form in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, form)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
    return bytes(out + trailer % (len(objects) + 1, table))


def warc_of(*pages: tuple[str, str], compress: bool = True) -> bytes:
    records = []
    for url, markup in pages:
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        answer += markup.encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
            "WARC-Date: 2021-07-09T00:00:00Z\r\nContent-Type: application/http\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        records.append(head.encode() + answer + b"\r\n\r\n")
    return b"".join(gzip.compress(record) if compress else record for record in records)


def read_all(*inputs: object, published: str | None = None, fetcher: Fetcher | None = None):
    names = [str(name) for name in inputs]
    return list(read(names, published=published, codebook=load_codebook(), fetcher=fetcher))


def read_one(*inputs: object, **options: object) -> Report:
    (report,) = read_all(*inputs, **options)
    assert isinstance(report, Report), report
    return report


@pytest.fixture
def site() -> Iterator[SimpleNamespace]:
    """A web site on the loopback address: `pages` by path are (status, headers, body)."""
    pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            status, headers, body = pages.get(self.path, (404, {}, b"not here"))
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    ).start()
    url = f"http://127.0.0.1:{server.server_port}"

    def add(
        path: str, body: str | bytes, kind: str = "text/html", status: int = 200, **headers: str
    ):
        data = body.encode() if isinstance(body, str) else body
        pages[path] = (status, {"Content-Type": kind} | headers, data)
        return url + path

    yield SimpleNamespace(url=url, add=add, asked=asked)
    server.shutdown()
    server.server_close()


def loopback_fetcher(**options: object) -> Fetcher:
    settings = {"timeout": 2.0, "deadline": 4.0, "pause": 0.0, "now": lambda: NOW}
    return Fetcher(allow_addresses=["127.0.0.1"], **(settings | options))


# --- files ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", TEXT.encode()),
        ("a.TXT", TEXT.encode("utf-16")),
        ("a.txt", b"\xef\xbb\xbf" + TEXT.encode()),
        ("a.txt", TEXT.replace("\n", "\r\n").encode()),
        ("a.txt", PAGE.encode()),
        ("a.md", ("# " + TEXT.replace("Qaim before", "[Qaim](https://x.example) before")).encode()),
        ("a.html", PAGE.encode()),
        ("a.htm", PAGE.encode()),
        ("a.jsonl", json.dumps({"text": TEXT}).encode()),
        ("a.xml", rss(entry(content="".join(f"<p>{p}</p>" for p in BODY))).encode()),
        ("a.warc", warc_of(("https://b.example/1", PAGE), compress=False)),
        ("a.warc.gz", warc_of(("https://b.example/1", PAGE))),
    ],
)
def test_every_kind_of_file_gives_the_same_text(tmp_path: Path, name: str, data: bytes):
    (tmp_path / name).write_bytes(data)
    assert read_one(tmp_path / name).text == TEXT


def test_the_headline_is_the_title_and_the_language_is_told(tmp_path: Path):
    (tmp_path / "a.txt").write_text(TEXT)
    report = read_one(tmp_path / "a.txt")
    assert (report.title, report.language) == ("Drones hit customs post near Qaim", "en")
    assert (report.url, report.retrieved, report.published) == (None, None, None)


def test_lines_of_a_pdf_become_paragraphs(tmp_path: Path):
    lines = (
        "Drones hit customs post",
        "Two drones fell on a customs post near Qaim before dawn, border",
        "guards said, and nobody was hurt.",
        "An officer said that a fuel tank burned for two hours and that the anti-",
        "aircraft guns of the post were silent.",
    )
    (tmp_path / "a.pdf").write_bytes(pdf_of(*lines))
    report = read_one(tmp_path / "a.pdf")
    assert report.title == "Drones hit customs post"
    assert report.text.split("\n\n") == [
        "Drones hit customs post",
        (
            "Two drones fell on a customs post near Qaim before dawn, border guards said, and "
            "nobody was hurt."
        ),
        (
            "An officer said that a fuel tank burned for two hours and that the anti-aircraft guns "
            "of the post were silent."
        ),
    ]


def test_json_lines_keep_their_text_and_id(tmp_path: Path):
    text = "  Kept \r\n\n\n\nas it is\n\nShare:\n"
    row = {"id": "r-7", "text": text, "publisher": "P", "published": "2021-07-08", "other": [1]}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n\n" + json.dumps({"text": text}))
    first, second = read_all(tmp_path / "a.jsonl", published="2021-07-01")
    assert (first.id, first.text, first.publisher) == ("r-7", text, "P")
    assert (first.published, second.published) == ("2021-07-08", "2021-07-01")
    assert second.id.startswith("r_")


def test_markdown_front_matter_says_who_and_when(tmp_path: Path):
    head = '---\ntitle: "Drones at Qaim"\ndate: 2021-07-08\nauthor: A. Writer\n---\n'
    (tmp_path / "a.md").write_text(head + "\n\n".join(BODY))
    report = read_one(tmp_path / "a.md")
    assert (report.title, report.author) == ("Drones at Qaim", "A. Writer")
    assert report.published == "2021-07-08"
    assert report.text.startswith("Drones at Qaim\n\nTwo drones fell")


def test_a_folder_is_read_in_order_without_hidden_files(tmp_path: Path, caplog):
    for name in ("b.txt", "a/z.txt", ".hidden.txt", ".git/c.txt", "notes.docx", "more.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{name}\n\n{TEXT}")
    reports = read_all(tmp_path)
    assert [report.text.partition("\n")[0] for report in reports] == ["a/z.txt", "b.txt"]
    assert caplog.messages == [f"{tmp_path}: files of other kinds were skipped: 2 .docx"]


@pytest.mark.parametrize("data", [TEXT, PAGE, json.dumps({"text": TEXT}) + "\n"])
def test_standard_input_is_told_apart(monkeypatch, data: str):
    stream = io.BufferedReader(io.BytesIO(data.encode()))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
    assert read_one("-").text == TEXT


def test_any_mixture_keeps_its_order_and_goes_on_after_a_failure(tmp_path: Path, site):
    (tmp_path / "a.txt").write_text(TEXT)
    url = site.add("/report", PAGE)
    found = read_all(tmp_path / "none.txt", tmp_path / "a.txt", url, fetcher=loopback_fetcher())
    assert [type(outcome) for outcome in found] == [Failure, Report, Report]


# --- dates ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", TEXT, "2021-07-09"),
        ("a.txt", f"{TEXT}\n\nPublished July 8th, 2021", "2021-07-08"),
        ("a.html", page_of("Drones", *BODY), "2021-07-09"),
        ("a.html", page_of("Drones", *BODY, head=DATED), "2021-07-08T06:10:00+03:00"),
        ("a.jsonl", json.dumps({"text": TEXT, "published": None}), "2021-07-09"),
    ],
)
def test_a_given_date_serves_only_what_states_none(tmp_path: Path, name, content, expected):
    (tmp_path / name).write_text(content)
    assert read_one(tmp_path / name, published="2021-07-09").published == expected


# --- web --------------------------------------------------------------------------------------


def test_a_page_is_read_with_its_url_and_time(site):
    url = site.add("/report", page_of("Drones", *BODY, head=DATED))
    report = read_one(url, fetcher=loopback_fetcher())
    assert (report.url, report.retrieved) == (url, "2021-07-10T12:00:00+00:00")
    assert report.published == "2021-07-08T06:10:00+03:00"


def test_the_id_does_not_depend_on_when_it_was_read(site):
    url = site.add("/report", PAGE)
    later = loopback_fetcher(now=lambda: NOW + dt.timedelta(days=1))
    assert read_one(url, fetcher=loopback_fetcher()).id == read_one(url, fetcher=later).id


def test_a_redirect_is_followed_to_its_end(site):
    end = site.add("/end", PAGE)
    start = site.add("/start", "", status=302, Location="/end")
    assert read_one(start, fetcher=loopback_fetcher()).url == end


def test_compressed_and_plain_and_pdf_answers_are_read(site):
    zipped = site.add("/zip", gzip.compress(PAGE.encode()), **{"Content-Encoding": "gzip"})
    plain = site.add("/text", TEXT, "text/plain; charset=utf-8")
    lines = site.add("/lines", json.dumps({"text": TEXT}), "application/x-ndjson")
    reports = read_all(zipped, plain, lines, fetcher=loopback_fetcher())
    assert [report.text for report in reports] == [TEXT, TEXT, TEXT]


def test_a_declared_charset_is_used(site):
    page = PAGE.replace("An officer", "Général Ibáñez").encode("cp1252")
    url = site.add("/report", page, "text/html; charset=iso-8859-1")
    assert "Général Ibáñez" in read_one(url, fetcher=loopback_fetcher()).text


def test_robots_txt_is_asked_once_a_host_and_obeyed(site):
    site.add("/robots.txt", "User-agent: *\nDisallow: /private", "text/plain")
    urls = [site.add("/a", PAGE), site.add("/b", PAGE), site.add("/private/c", PAGE)]
    found = read_all(*urls, fetcher=loopback_fetcher())
    assert [type(outcome) for outcome in found] == [Report, Report, Failure]
    assert found[-1] == Failure(urls[-1], "robots.txt of 127.0.0.1 does not allow it")
    assert site.asked == ["/robots.txt", "/a", "/b"]


# --- feeds ------------------------------------------------------------------------------------


def test_an_entry_with_its_full_text_is_a_report_by_itself(site):
    feed = rss(entry("https://b.example/1", FULL_CONTENT, "Thu, 08 Jul 2021 06:10:00 +0300"))
    report = read_one(site.add("/feed", feed, "application/rss+xml"), fetcher=loopback_fetcher())
    assert (report.url, report.publisher) == ("https://b.example/1", "Border News")
    assert report.published == "2021-07-08T06:10:00+03:00"
    assert report.text.split("\n\n")[:2] == ["Drones hit customs post near Qaim", BODY[0]]
    assert site.asked == ["/robots.txt", "/feed"]


def test_a_short_entry_is_read_from_its_page(site):
    good = site.add("/good", PAGE)
    feed = rss(
        entry(good, published="Thu, 08 Jul 2021 06:10:00 +0300"),
        entry(f"{site.url}/gone"),
        entry(f"{site.url}/feed"),
    )
    url = site.add("/feed", feed, "application/rss+xml")
    report, *failures = read_all(url, fetcher=loopback_fetcher())
    assert (report.text, report.url) == (TEXT, good)
    assert report.published == "2021-07-08T06:10:00+03:00"
    assert failures == [
        Failure(f"{site.url}/gone", "HTTP status 404 Not Found"),
        Failure(url, "the feed links to another feed here, not to a report"),
    ]


def test_a_feed_in_a_file_fetches_nothing(tmp_path: Path, site):
    (tmp_path / "a.rss").write_text(rss(entry(site.add("/report", PAGE))))
    report = read_one(tmp_path / "a.rss", fetcher=loopback_fetcher())
    assert report.text.endswith("Two drones fell.")
    assert site.asked == []


def test_an_atom_feed_is_a_feed(tmp_path: Path):
    (tmp_path / "a.atom").write_text(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Border News</title><entry>"
        "<title>Drones hit</title><link href='https://b.example/2'/>"
        "<published>2021-07-08T06:10:00+03:00</published>"
        f"<content type='html'>&lt;p&gt;{BODY[0]}&lt;/p&gt;</content></entry></feed>"
    )
    report = read_one(tmp_path / "a.atom")
    assert report.published == "2021-07-08T06:10:00+03:00"
    assert report.text == f"Drones hit\n\n{BODY[0]}"


# --- archives ---------------------------------------------------------------------------------


def test_pages_of_a_web_archive_keep_their_url_and_time(tmp_path: Path):
    (tmp_path / "a.warc.gz").write_bytes(
        warc_of(("https://b.example/1", PAGE), ("https://b.example/2", PAGE))
    )
    first, second = read_all(tmp_path / "a.warc.gz")
    assert (first.url, second.url) == ("https://b.example/1", "https://b.example/2")
    assert first.retrieved == "2021-07-09T00:00:00Z"
    assert first.id != second.id
