"""Mail, against a real server: in the clear, over TLS and STARTTLS, with and without signing in, and every refusal."""

from __future__ import annotations

import pytest
from loopback import MailHost, served

from luoshi.messages.channel import Message, NotTaken
from luoshi.messages.mail import MailServer, written_mail

MESSAGE = Message(
    "digest:a:2023-09-28", "jing02@example.cn", "9月28日待办3件", "http://127.0.0.1:8000/todo/", ("填报　3件",)
)
PASSWORD = "nobody-reads-this"


def _server(host, **more):
    kept = {"host": "127.0.0.1", "port": host.port, "security": "none", "sender": "落实 <luoshi@example.cn>"}
    return MailServer(**{**kept, **more})


def _trouble(host, message=MESSAGE, **more):
    with pytest.raises(NotTaken) as trouble:
        _server(host, **{"timeout": 1.0, **more}).send(message)
    assert PASSWORD not in str(trouble.value)
    assert trouble.value.__context__ is None or trouble.value.__suppress_context__
    return trouble.value


def test_a_mail_is_title_lines_and_link_in_utf_8_and_names_itself_as_automatic(mail_host):
    _server(mail_host).send(MESSAGE)
    (mail,) = mail_host.mails
    assert (mail["Subject"], mail["To"]) == ("9月28日待办3件", "jing02@example.cn")
    assert str(mail["From"]) == "落实 <luoshi@example.cn>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().splitlines()[:4] == ["9月28日待办3件", "填报　3件", "", "http://127.0.0.1:8000/todo/"]
    assert "luoshi@example.cn" in mail_host.sessions[0].sender


def test_the_same_message_has_the_same_id_and_another_recipients_has_another():
    first, again = (written_mail(MESSAGE, "a@example.cn")["Message-ID"] for _ in range(2))
    other = written_mail(Message(MESSAGE.key, "b@example.cn", "", ""), "a@example.cn")["Message-ID"]
    assert first == again != other
    assert first.endswith("@example.cn>")


def test_a_title_with_line_ends_adds_no_header(mail_host):
    _server(mail_host).send(Message("k", "a@example.cn", "催办\r\nBcc: b@example.cn", "http://127.0.0.1/"))
    (mail,) = mail_host.mails
    assert mail["Subject"] == "催办 Bcc: b@example.cn"
    assert mail["Bcc"] is None
    assert len(mail_host.sessions[0].recipients) == 1


def test_a_line_of_one_dot_ends_no_mail(mail_host):
    _server(mail_host).send(Message("k", "a@example.cn", "题", "http://127.0.0.1/", (".", "..", "完")))
    assert mail_host.mails[0].get_content().splitlines()[1:4] == [".", "..", "完"]


@pytest.mark.parametrize("security", ["ssl", "starttls"])
def test_over_tls_the_password_goes_after_the_certificate_was_checked(certificate, security):
    host = MailHost(certificate, is_wrapped=security == "ssl", login=("luoshi", PASSWORD))
    with served(host):
        _server(host, security=security, user="luoshi", password=PASSWORD, ca=str(certificate[0])).send(MESSAGE)
        assert len(host.mails) == 1
        assert host.sessions[0].is_secure
        trouble = _trouble(host, security=security, user="luoshi", password=PASSWORD)  # of nobody we trust
        assert (trouble.reason, trouble.is_of_channel) == ("与邮件服务器不能建立加密连接", True)
        wrong = _trouble(host, security=security, user="luoshi", password=PASSWORD + "!", ca=str(certificate[0]))
        assert (wrong.reason, wrong.is_of_channel) == ("邮件服务器不接受账号或密码（535）", True)
        assert len(host.mails) == 1


def test_where_starttls_is_asked_for_and_not_offered_nothing_is_sent_in_the_clear(mail_host):
    trouble = _trouble(mail_host, security="starttls", user="luoshi", password=PASSWORD)
    assert trouble.reason == "邮件服务器不支持所设的加密、登录或地址"
    assert mail_host.mails == []


@pytest.mark.parametrize(
    ("says", "reason", "is_final", "is_of_channel", "is_unclear"),
    [
        ({"RCPT": "550 no such user"}, "邮件服务器不接受收件人（550）", True, False, False),
        ({"RCPT": "451 greylisted"}, "邮件服务器不接受收件人（451）", False, False, False),
        ({"MAIL": "550 not you"}, "邮件服务器答复550", False, True, False),
        ({"CONNECT": "421 busy"}, "邮件服务器答复421", False, True, False),
        ({"TAKEN": "554 spam"}, "邮件服务器退回（554）", True, False, False),
        ({"TAKEN": "452 full"}, "邮件服务器退回（452）", False, False, False),
        ({"CONNECT": None}, "邮件服务器连接不上或中断", False, True, False),
        ({"EHLO": None, "HELO": None}, "邮件服务器连接不上或中断", False, True, False),
        ({"TAKEN": None}, "邮件服务器连接不上或中断", False, True, True),
        ({"TAKEN": "silence"}, "邮件服务器连接不上或中断", False, True, True),
    ],
)
def test_every_refusal_is_told_by_its_code_and_a_silence_after_the_mail_is_told_from_a_no(
    mail_host, says, reason, is_final, is_of_channel, is_unclear
):
    mail_host.says = says
    trouble = _trouble(mail_host)
    found = (trouble.reason, trouble.is_final, trouble.is_of_channel, trouble.is_unclear)
    assert found == (reason, is_final, is_of_channel, is_unclear)


def test_what_follows_the_taking_does_not_count(mail_host):
    mail_host.says = {"QUIT": None}
    _server(mail_host).send(MESSAGE)
    assert len(mail_host.mails) == 1


@pytest.mark.parametrize("address", ["", "nobody", "a b@example.cn", "a@example.cn\r\nRCPT TO:<b@example.cn>", "@"])
def test_an_address_that_is_none_is_final_or_refused_by_the_server_and_reaches_nobody_else(mail_host, address):
    mail_host.says = {"RCPT": "501 bad address"}
    trouble = _trouble(mail_host, Message("k", address, "题", "http://127.0.0.1/"))
    assert trouble.is_final
    assert mail_host.mails == []


def test_where_nobody_listens_nothing_arrived(mail_host):
    trouble = _trouble(mail_host, port=9)
    assert (trouble.is_of_channel, trouble.is_unclear) == (True, False)
