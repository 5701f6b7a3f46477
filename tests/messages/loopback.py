"""Real servers on loopback: one that speaks SMTP, one that answers robots' messages, each as badly as it is told to."""

from __future__ import annotations

import base64
import contextlib
import http.server
import ipaddress
import json
import socketserver
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from urllib.parse import parse_qs, urlsplit


@contextlib.contextmanager
def served(server):
    """Serve in a thread until the block ends."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Robot(http.server.ThreadingHTTPServer):
    """Answers as ``answers`` says in turn, the last one for ever: an errcode, or a word below."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _RobotCall)
        self.calls, self.answers, self.let_go = [], [0], threading.Event()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/robot/send"

    def handle_error(self, *_):
        """A caller that hung up is what some tests are about."""

    def answer(self):
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class _RobotCall(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.calls.append((parse_qs(urlsplit(self.path).query), body))
        answer = self.server.answer()
        if isinstance(answer, int):
            return self._say(200, json.dumps({"errcode": answer, "errmsg": "秘密不在此处"}).encode())
        return getattr(self, f"_{answer}")()

    def _say(self, status, body, **headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _fails(self):
        self._say(500, b"Internal Server Error")

    def _leads_elsewhere(self):
        self._say(302, b"", Location=self.server.url)

    def _babbles(self):
        self._say(200, b"<html>login please</html>")

    def _floods(self):
        self._say(200, b"x" * 1_000_000)

    def _lists(self):
        self._say(200, b"[" * 5000)

    def _says_true(self):
        self._say(200, b'{"errcode": true}')

    def _closes(self):
        self.close_connection = True

    def _hangs(self):
        self.server.let_go.wait(10)

    def _drips(self):
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b" ")
            self.wfile.flush()
            if self.server.let_go.wait(0.05):
                return

    def log_message(self, *_):
        pass


class MailHost(socketserver.ThreadingTCPServer):
    """Takes mail; ``says`` replaces the answer to a command (``{"RCPT": "550 no such user"}``); None hangs up.

    CONNECT is the greeting, TAKEN what follows a whole mail, ``silence`` no answer for three seconds.

    Args:
        certificate: of which TLS is spoken, from the first byte where ``is_wrapped``, else after STARTTLS.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, certificate=None, *, is_wrapped=False, login=None):
        super().__init__(("127.0.0.1", 0), _MailCall)
        self.mails, self.says, self.login, self.sessions, self.on_mail = [], {}, login, [], None
        self.is_wrapped, self.trusted = is_wrapped, None
        if certificate:
            self.trusted = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            self.trusted.load_cert_chain(*certificate)

    @property
    def port(self):
        return self.server_address[1]

    def handle_error(self, *_):
        """A caller that hung up is what some tests are about."""


class _MailCall(socketserver.StreamRequestHandler):
    def handle(self):
        self.is_secure = False
        self.recipients = []
        self.server.sessions.append(self)
        if self.server.is_wrapped:
            self._wrap()
        if not self._answer("CONNECT", "220 mail.example.cn"):
            return
        while line := self.rfile.readline(1000).decode("ascii").strip():
            command = line.split()[0].upper()
            standing = getattr(self, f"_{command.lower()}", lambda _: "502 unknown")(line)
            if not self._answer(command, standing) or command == "QUIT":
                return

    def _wrap(self):
        self.request = self.server.trusted.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)
        self.is_secure = True

    def _answer(self, command, standing):
        said = self.server.says.get("TAKEN" if command == "DATA" else command, standing)
        if said is None:
            return False
        if said == "silence":
            time.sleep(3)
            return False
        self.wfile.write(f"{said}\r\n".encode())
        if command == "STARTTLS" and said.startswith("220"):
            self._wrap()
        return True

    def _ehlo(self, _):
        words = ["mail.example.cn", "SIZE 1000000"]
        words += ["STARTTLS"] if self.server.trusted and not self.is_secure else []
        words += ["AUTH PLAIN"] if self.server.login else []
        return "\r\n".join(f"250{' ' if n == len(words) - 1 else '-'}{word}" for n, word in enumerate(words))

    def _starttls(self, _):
        return "220 go ahead"

    def _auth(self, line):
        _, user, password = base64.b64decode(line.split()[2]).decode().split("\0")
        return "235 welcome" if (user, password) == self.server.login else "535 wrong"

    def _mail(self, line):
        self.sender = line
        return "250 fine"

    def _rcpt(self, line):
        self.recipients.append(line)
        return "250 fine"

    def _data(self, _):
        self.wfile.write(b"354 go on\r\n")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return None
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.mails.append(message_from_bytes(b"".join(lines), policy=policy.default))
        if self.server.on_mail:
            self.server.on_mail()
        return "250 taken"

    def _rset(self, _):
        return "250 fine"

    def _quit(self, _):
        return "221 bye"


def certificate(folder):
    """A certificate for 127.0.0.1 and its key, as files."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.example.cn")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "cert.pem", folder / "key.pem"
