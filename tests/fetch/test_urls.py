"""An address is read once, and strictly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import FetchError, without_credentials
from digest.fetch.urls import is_address, parse_url


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("https://example.org:443/a?b#c", "https://example.org/a?b"),
        ("http://example.org:8080?x=1", "http://example.org:8080/?x=1"),
        (" http://example.org/a b ", "http://example.org/a%20b"),
        ("http://example.org/%7Ea%2fb?q=%zz", "http://example.org/%7Ea%2fb?q=%zz"),
        ("http://[2001:DB8::1]:81/", "http://[2001:db8::1]:81/"),
        ("http://example.org./", "http://example.org./"),
        ("http://me:secret@example.org/", "http://example.org/"),
        ("http://bücher.example/ä?ö=ü", "http://xn--bcher-kva.example/%C3%A4?%C3%B6=%C3%BC"),
        ("http://faß.example/", "http://xn--fa-hia.example/"),
        ("http://ＥＸＡＭＰＬＥ。org/", "http://example.org/"),
        ("http://under_score.example/", "http://under_score.example/"),
        ("http://example.org/\ud800", "http://example.org/?"),
    ],
)
def test_an_address_is_brought_to_one_form(address: str, read: str) -> None:
    assert str(parse_url(address)) == read


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "//example.org/",
        "http:example.org",
        "http:///path",
        "http://:80/",
        "http://user@/",
        "http://example.org:0/",
        "http://example.org:65536/",
        "http://example.org:-1/",
        "http://example.org:8O/",
        "http://exa mple.org/",
        "http://example..org/",
        "http://.example.org/",
        "http://example.org\\@127.0.0.1/",
        "http://example.org/a\r\nHost: b",
        "http://example.org/\0",
        "http://ex\tample.org/",
        "http://[::1/",
        "http://[::1%25lo]/",
        "http://[v1.x]/",
        "http://a%2eb/",
        "http://\N{SNOWMAN}.\N{ZERO WIDTH JOINER}/",
        "http://" + "a" * 64 + ".org/",
        "http://" + "a." * 127 + "a/",
        "http://xn--\xfc.example/",
        "http://example.org/" + "a" * 9000,
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(FetchError):
        parse_url(address)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_an_error(text: str) -> None:
    for address in (text, f"http://{text}", f"http://a.example/{text}", f"http://{text}@a.example"):
        try:
            url = parse_url(address)
        except FetchError:
            continue
        assert str(url).isascii()
        assert not set(str(url)) & set(" \t\r\n\\")
        assert str(parse_url(str(url))) == str(url)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://me:secret@example.org/a?b@c", "https://example.org/a?b@c"),
        ("https://me:se/cret@example.org/", "https://example.org/"),
        ("https://me:se?cret@example.org/", "https://example.org/"),
        ("https://me:s@ecret@example.org/", "https://example.org/"),
        ("https://secret@example.org", "https://example.org"),
        ("https://example.org/@me/feed", "https://example.org/@me/feed"),
        ("https://example.org:8080/@me", "https://example.org:8080/@me"),
        ("https://[::1]:80/@me", "https://[::1]:80/@me"),
        ("me@example.org", "me@example.org"),
        ("folder/me@example.org.eml", "folder/me@example.org.eml"),
        ("-", "-"),
    ],
)
def test_no_password_is_shown(address: str, shown: str) -> None:
    assert without_credentials(address) == shown
    assert "secret" not in str(FetchError(address, "it failed"))


@pytest.mark.parametrize("address", ["http://me:secret@exa mple/", "ftp://me:secret@a.example/"])
def test_no_password_is_shown_where_the_address_is_refused(address: str) -> None:
    with pytest.raises(FetchError) as caught:
        parse_url(address)
    assert "secret" not in str(caught.value)


def test_a_scheme_tells_an_address_from_a_file() -> None:
    assert is_address("https://example.org/")
    assert is_address("file:///a")
    assert not is_address("a.html")
    assert not is_address("-")
    assert not is_address("c://a")
