"""E-mail: a text and the same as HTML, in the agency's name, to a real mail server on loopback."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from members import mail
from members.models import Agency
from smu.demonstration import mail as demonstrated
from tests.members.servers import MailServer, a_port, mail_server, name_mail_server

LINK = "https://smu.example.gov/joining/aB-_9/"


@pytest.fixture
def server(settings: Any, db: None) -> Iterator[MailServer]:
    with mail_server(settings) as found:
        yield found


def sent(to: str = "dana@bayside.example", subject: str = "A word", sentence: str = "Look.") -> bool:
    return mail.send(to, subject, "plain", {"body": f"{sentence}\n\n{LINK}"})


def test_a_mail_has_a_text_and_the_same_as_html_and_comes_from_the_agency(server):
    Agency.objects.create(name="Bayside Police Department", short_name='Bayside "Pd", Ñ', zone="America/New_York")
    assert sent(sentence="Übung <b>here</b> & now.")
    (taken,) = server.taken
    assert str(taken["from"].addresses[0].display_name) == 'Bayside "Pd", Ñ Social Media Unit'
    assert taken["from"].addresses[0].addr_spec == "smu@bayside.example"
    assert taken["auto-submitted"] == "auto-generated"
    text, page = (taken.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "Übung <b>here</b> & now." in text
    assert LINK in text
    assert "Übung &lt;b&gt;here&lt;/b&gt; &amp; now." in page
    assert f'href="{LINK}"' in page


@pytest.mark.parametrize("subject", ["A\nBcc: all@bayside.example", "A\r\n\r\nText", "A\u2028B\x00C", ""])
def test_a_subject_begins_no_other_header(server, subject):
    assert sent(subject=subject)
    (taken,) = server.taken
    assert taken["bcc"] is None
    assert "\n" not in taken["subject"]
    assert taken["to"] == "dana@bayside.example"


@pytest.mark.parametrize(
    "to", ["", "nobody", "a@b.example\nBcc: c@d.example", "a@b.example, c@d.example", "A <a@b.example>"]
)
def test_an_address_that_is_none_gets_nothing(server, to):
    assert not sent(to)
    assert server.taken == []


@pytest.mark.parametrize(
    ("of_recipient", "of_mail", "why", "lasting"),
    [
        (["550 no such user dana@bayside.example"], [], "refused the address (550)", True),
        (["450 come back later"], [], "refused the address (450)", False),
        ([], ["554 looks like rubbish"], "refused the mail (554)", True),
        ([], ["451 come back later"], "refused the mail (451)", False),
    ],
)
def test_a_refusal_is_told_without_the_address_and_whether_it_lasts(server, of_recipient, of_mail, why, lasting):
    server.of_recipient, server.of_mail = of_recipient, of_mail
    with pytest.raises(mail.Undelivered) as refused:
        mail.post("dana@bayside.example", "A word", "plain", {})
    assert why in str(refused.value)
    assert "dana" not in str(refused.value)
    assert refused.value.lasting == lasting


def test_a_server_that_hangs_costs_its_time_and_no_more(settings, db):
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes the call and says nothing
        name_mail_server(settings, silent.getsockname()[1], seconds=0.3)
        with pytest.raises(mail.Undelivered, match="did not answer in time"):
            mail.post("dana@bayside.example", "A word", "plain", {})


def test_what_was_not_sent_is_logged_without_address_subject_and_link(settings, db, caplog):
    name_mail_server(settings, a_port())
    with caplog.at_level(logging.INFO):
        assert not sent(subject="A secret word")
    assert "mail_not_sent" in caplog.text
    for hidden in ("dana", "A secret word", LINK):
        assert hidden not in caplog.text


def test_the_demonstration_keeps_its_mails_and_shows_them(settings, db, tmp_path, monkeypatch, rf):
    settings.EMAIL_BACKEND = "smu.demonstration.mail.Backend"
    monkeypatch.setenv("DATA", str(tmp_path))
    assert sent(sentence="<script>window.bad = 1</script>")
    assert sent(sentence="The second.")
    files = sorted((tmp_path / "mail").glob("*.eml"))
    assert [oct(file.stat().st_mode & 0o777) for file in files] == ["0o600"] * 2
    first, second = demonstrated.newest()
    assert "The second." in first.text
    assert second.to == "dana@bayside.example"
    assert LINK in second.text


def test_a_mail_that_lies_in_a_folder_has_reached_nobody(settings, db, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = mail.IN_A_FOLDER, str(tmp_path)
    assert not sent()
    (kept,) = tmp_path.iterdir()
    assert LINK in kept.read_text()
