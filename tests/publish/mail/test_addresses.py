import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import SettingsError, SubscriberError
from marsad.publish.mail.addresses import read_address, read_base_url, read_sender


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ana@example.org", "ana@example.org"),
        ("  Ana.Diaz+news@Example.ORG ", "Ana.Diaz+news@example.org"),
        ("o'hara@example.org", "o'hara@example.org"),
        ("desk@مرصد.example", "desk@xn--ogbsh4b.example"),
        ("ana@bücher.example", "ana@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_read_with_its_domain_in_ascii(typed, read):
    assert read_address(typed).startswith(read.split("@")[0] + "@")
    assert read_address(typed).isascii()
    if "مرصد" not in typed:
        assert read_address(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ana",
        "@example.org",
        "ana@",
        "ana@localhost",
        "ana@[127.0.0.1]",
        "ana@127.0.0.1",
        "ana@-bad.example",
        "ana@exa mple.org",
        "ana@example..org",
        ".ana@example.org",
        "a..b@example.org",
        '"ana b"@example.org',
        "Ana <ana@example.org>",
        "ana@example.org, ben@example.org",
        "ana@example.org;ben@example.org",
        "ana@example.org\r\nBcc: ben@example.org",
        "ana@example.org\nRCPT TO:<ben@example.org>",
        "ana\x00@example.org",
        "ana@example.org\u2028Bcc: ben@example.org",
        "ana\u202e@example.org",
        "آنا@example.org",
        "a" * 65 + "@example.org",
        "a@" + "b" * 63 + "." + ("c" * 63 + ".") * 3 + "org",
    ],
)
def test_what_is_no_single_plain_address_is_refused(typed):
    with pytest.raises(SubscriberError) as caught:
        read_address(typed)
    assert "\n" not in str(caught.value)
    assert "\r" not in str(caught.value)


@given(st.text())
def test_whatever_is_read_is_one_word_of_printable_ascii(typed):
    try:
        address = read_address(typed)
    except SubscriberError:
        return
    assert address.isascii()
    assert address.isprintable()
    assert not set(address) & set(' ,;:<>()[]"\\')
    assert address.count("@") == 1
    assert read_address(address) == address


def test_a_sender_has_a_name_and_an_address():
    sender = read_sender("Desk of Harm, The <desk@example.org>".replace(", The", ""))
    assert (sender.name, sender.address) == ("Desk of Harm", "desk@example.org")
    assert read_sender("desk@example.org").name == ""
    for bad in ("", "Desk", "Desk <desk>", "Desk <d@example.org>\r\nBcc: x@example.org"):
        with pytest.raises(SettingsError, match="MARSAD_MAIL_FROM"):
            read_sender(bad)


@pytest.mark.parametrize(
    "bad",
    [
        "desk.example.org",
        "ftp://desk.example.org",
        "javascript:alert(1)",
        "https://",
        "https://desk.example.org/?a=1",
        "https://desk.example.org/#x",
        "https://desk.example.org/>,<mailto:x@example.org",
        "https://desk.example.org\r\nBcc: x",
        "https://[desk",
        "https://desk.example.org:port",
    ],
)
def test_what_is_no_address_of_a_site_is_refused(bad):
    with pytest.raises(SettingsError, match="no address of a web site"):
        read_base_url(bad)
    assert read_base_url("https://desk.example.org/marsad/") == "https://desk.example.org/marsad"
