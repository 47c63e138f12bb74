"""A mail server for tests, on a free port of the loopback: python3 server.py SETTINGS.json

An open server is an old one, too: it takes no addresses in other scripts.
Settings: { folder, guard: "open" | "starttls" | "tls", certificate, key, login: [user, password] or null }.
Prints `ready PORT`; ends with its standard input. Each letter it takes becomes a file N.json in the folder, as it came
and as Python's own mail parser reads it. What it answers to a recipient depends on the name before the @:
busy: try later; gone: no such person; full: no room, said after the text; silent: nothing at all.
"""

import asyncio
import email
import email.policy
import json
import logging
import os
import ssl
import sys
import threading
import warnings

from aiosmtpd.smtp import SMTP, AuthResult

# It warns, rightly, that some of these settings are for tests only.
warnings.simplefilter("ignore")
logging.getLogger("mail.log").setLevel(logging.CRITICAL)

with open(sys.argv[1], encoding="utf-8") as file:
    settings = json.load(file)


class Handler:
    """Takes letters, or does not."""

    def __init__(self):
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "busy":
            return "451 4.7.1 greylisted, try again in a minute"
        if name == "gone":
            return "550 5.1.1 nobody of that name"
        if name == "silent":
            await asyncio.sleep(3600)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if any(to.startswith("full@") for to in envelope.rcpt_tos):
            return "452 4.2.2 no room"
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        taken = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "raw": envelope.content.decode("utf-8"),
            "headers": [[name, str(value)] for name, value in letter.items()],
            "text": letter.get_content() if not letter.is_multipart() else None,
            "defects": [repr(defect) for defect in letter.defects],
        }
        path = os.path.join(settings["folder"], f"{self.count}.json")
        with open(path + ".part", "w", encoding="utf-8") as out:
            json.dump(taken, out)
        os.rename(path + ".part", path)
        self.count += 1
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    given = [data.login.decode(), data.password.decode()]
    return AuthResult(success=given == settings["login"], handled=False)


async def main():
    guard, login = settings["guard"], settings["login"]
    context = None
    if guard != "open":
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(settings["certificate"], settings["key"])
    handler = Handler()
    loop = asyncio.get_running_loop()

    def factory():
        return SMTP(
            handler,
            hostname="mail.test",
            enable_SMTPUTF8=guard != "open",
            tls_context=context if guard == "starttls" else None,
            require_starttls=guard == "starttls",
            auth_required=login is not None,
            auth_require_tls=guard == "starttls",
            authenticator=authenticate,
            loop=loop,
        )

    server = await loop.create_server(factory, "127.0.0.1", 0, ssl=context if guard == "tls" else None)
    print(f"ready {server.sockets[0].getsockname()[1]}", flush=True)
    await asyncio.Event().wait()


def end_with_input():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_input, daemon=True).start()
asyncio.run(main())
