"""电子邮件: one message over SMTP, encrypted from the first byte (ssl) or from the second command (starttls)."""

from __future__ import annotations

import contextlib
import hashlib
import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import formatdate

from luoshi.messages.channel import Message, NotTaken

TIMEOUT = 20
"""Seconds for which a mail server may be silent."""
_FOOT = "此邮件由系统自动发送，请勿回复。内容请登录系统查看。"


@dataclass(frozen=True, slots=True)
class MailServer:
    """邮件服务器: where mail is handed over; ``security`` is ssl, starttls or none.

    Args:
        ca: a file of certificates to trust instead of the machine's.
    """

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca: str = ""
    timeout: float = TIMEOUT

    def send(self, message: Message) -> None:
        """Hand one mail over; once the server has taken it, nothing that follows counts as a failure.

        Raises:
            NotTaken: with the server's code, not its words.
        """
        is_handed = False
        try:
            written = written_mail(message, self.sender)
            with self._session() as session:
                is_handed = True
                session.send_message(written)
        except smtplib.SMTPRecipientsRefused as error:
            code = max((code for code, _ in error.recipients.values()), default=0)
            is_final = code >= 500 or not error.recipients
            raise NotTaken(f"邮件服务器不接受收件人（{code}）", is_final=is_final) from None
        except smtplib.SMTPAuthenticationError as error:
            raise NotTaken(f"邮件服务器不接受账号或密码（{error.smtp_code}）", is_of_channel=True) from None
        except smtplib.SMTPDataError as error:
            raise NotTaken(f"邮件服务器退回（{error.smtp_code}）", is_final=error.smtp_code >= 500) from None
        except smtplib.SMTPResponseException as error:
            raise NotTaken(f"邮件服务器答复{error.smtp_code}", is_of_channel=True) from None
        except ssl.SSLError:  # a bad certificate is a ValueError as well
            raise NotTaken("与邮件服务器不能建立加密连接", is_of_channel=True, is_unclear=is_handed) from None
        except (ValueError, MessageError):
            raise NotTaken("邮箱地址不能用于发信", is_final=True) from None
        except smtplib.SMTPNotSupportedError:
            raise NotTaken("邮件服务器不支持所设的加密、登录或地址", is_of_channel=True) from None
        except (smtplib.SMTPException, OSError):
            raise NotTaken("邮件服务器连接不上或中断", is_of_channel=True, is_unclear=is_handed) from None

    @contextlib.contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        trusted = ssl.create_default_context(cafile=self.ca or None)
        session: smtplib.SMTP
        if self.security == "ssl":
            session = smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=trusted)
        else:
            session = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        try:
            if self.security == "starttls":
                session.starttls(context=trusted)
            if self.user:
                session.login(self.user, self.password)
            session.ehlo_or_helo_if_needed()
            yield session
            with contextlib.suppress(smtplib.SMTPException, OSError):
                session.quit()
        finally:
            session.close()


def written_mail(message: Message, sender: str) -> EmailMessage:
    """The mail; its Message-ID follows from key and recipient, so that who gets it twice can tell.

    Raises:
        ValueError: an address that is none.
    """
    mail = EmailMessage()
    mail["Subject"] = " ".join(message.title.split())
    mail["From"] = sender
    mail["To"] = message.recipient
    mail["Date"] = formatdate(localtime=False)
    word = hashlib.sha256(f"{message.key}\n{message.recipient}".encode()).hexdigest()[:32]
    mail["Message-ID"] = f"<{word}@{sender.rpartition('@')[2].strip('> ') or 'localhost'}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content("\n".join([message.title, *message.lines, "", message.link, "", _FOOT, ""]), charset="utf-8")
    return mail
