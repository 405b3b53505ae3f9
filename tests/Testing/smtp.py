"""A real SMTP server on a free port of this machine, for one test. Prints its port, then each letter it took as a line of JSON; ends with its input."""
import argparse
import asyncio
import json
import logging
import ssl
import sys
import warnings
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP, AuthResult

# on this machine alone, asking for a password in the open is no danger
warnings.simplefilter("ignore")
logging.disable()
words = argparse.ArgumentParser()
words.add_argument("--refuse", action="store_true", help="takes no letter from anyone")
words.add_argument("--slow", type=float, default=0, help="seconds before it answers a letter")
words.add_argument("--bounce", help="knows nobody of this address")
words.add_argument("--user", help="asks for this name and --password")
words.add_argument("--password")
words.add_argument("--certificate", help="a PEM file of certificate and key: offers STARTTLS and insists on it")
told = words.parse_args()


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, options):
        if told.refuse:
            return "554 5.7.1 This server takes no letters"
        if told.slow:
            await asyncio.sleep(told.slow)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == told.bounce:
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = message_from_bytes(envelope.content, policy=policy.default)
        print(json.dumps({
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None,
            "headers": {name.lower(): str(value) for name, value in letter.items()}, "text": letter.get_content(),
        }), flush=True)
        return "250 OK"


class Server(SMTP):
    def __init__(self, *args, **ways):
        super().__init__(*args, **ways)
        # the protocol takes the name of a mechanism in any case, this library in capitals only
        self._auth_methods |= {name.lower(): method for name, method in self._auth_methods.items()}


def authenticate(server, session, envelope, mechanism, data):
    right = (data.login.decode(), data.password.decode()) == (told.user, told.password)
    return AuthResult(success=right, handled=right)


async def main():
    ways = {"enable_SMTPUTF8": False}
    if told.user:
        ways |= {"authenticator": authenticate, "auth_required": True, "auth_require_tls": bool(told.certificate)}
    if told.certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(told.certificate)
        ways |= {"tls_context": context, "require_starttls": True}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Server(Handler(), loop=loop, **ways), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    # the test's end, or its death, closes this
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
