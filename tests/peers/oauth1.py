"""An OAuth 1 provider on the server's side of oauthlib, which other people wrote: every signature is recomputed and every
nonce works once.

    PEER_SECRET=... python oauth1.py PORT

A consumer asks at /request-token, sends a person to /authorize, whose page allows or denies and leads back to the callback
(for "oob" it shows the verifier), and asks at /access-token. Two tokens are always there. Everything below /orders is
protected, and answers with what was seen.

The secrets of "sluice-consumer" and "standing-token" are PEER_SECRET with characters that must be encoded, one ending for
each; those of "plain-consumer" and "plain-token" are PEER_SECRET itself. The latter are for PLAINTEXT in query and form:
oauthlib decodes what stands there twice, so that a percent sign in a signature is lost on it.
"""

import html
import json
import os
import secrets
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from urllib.parse import parse_qsl, urlencode, urlsplit

from oauthlib.oauth1 import RequestValidator, WebApplicationServer
from oauthlib.oauth1.rfc5849 import errors

PORT = int(sys.argv[1])
SECRET = os.environ["PEER_SECRET"]
CONSUMERS = {"sluice-consumer": SECRET + "/c+%26", "plain-consumer": SECRET}
STANDING = {"standing-token": SECRET + "/t+%3D", "plain-token": SECRET}


class Validator(RequestValidator):
    """Who is known and what was given; all in memory."""

    enforce_ssl = False
    safe_characters = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
    client_key_length = request_token_length = access_token_length = verifier_length = (4, 60)
    nonce_length = (8, 64)
    allowed_signature_methods = ("HMAC-SHA1", "HMAC-SHA256", "PLAINTEXT")
    realms = []
    dummy_client = "dummy-client"
    dummy_request_token = "dummy-request-token"
    dummy_access_token = "dummy-access-token"

    def __init__(self):
        super().__init__()
        self.lock = Lock()
        self.used = set()
        self.requests = {}
        self.access = dict(STANDING)

    def validate_client_key(self, client_key, request):
        return client_key in CONSUMERS

    def get_client_secret(self, client_key, request):
        return CONSUMERS.get(client_key, "dummy")

    def validate_timestamp_and_nonce(self, client_key, timestamp, nonce, request, request_token=None, access_token=None):
        with self.lock:
            once = (client_key, timestamp, nonce, request_token or access_token)
            if once in self.used:
                return False
            self.used.add(once)
            return True

    def validate_redirect_uri(self, client_key, redirect_uri, request):
        parts = urlsplit(redirect_uri or "")
        return redirect_uri == "oob" or (parts.scheme, parts.hostname, parts.path) == ("http", "127.0.0.1", "/callback")

    def save_request_token(self, token, request):
        given = {"secret": token["oauth_token_secret"], "callback": request.redirect_uri, "verifier": None}
        self.requests[token["oauth_token"]] = given

    def validate_request_token(self, client_key, token, request):
        return token in self.requests

    def get_request_token_secret(self, client_key, token, request):
        return self.requests.get(token, {}).get("secret", "dummy")

    def verify_request_token(self, token, request):
        return token in self.requests

    def save_verifier(self, token, verifier, request):
        self.requests[token]["verifier"] = verifier["oauth_verifier"]

    def validate_verifier(self, client_key, token, verifier, request):
        known = self.requests.get(token, {}).get("verifier")
        return bool(known) and secrets.compare_digest(known, verifier)

    def get_redirect_uri(self, token, request):
        return self.requests[token]["callback"]

    def invalidate_request_token(self, client_key, request_token, request):
        self.requests.pop(request_token, None)

    def save_access_token(self, token, request):
        self.access[token["oauth_token"]] = token["oauth_token_secret"]

    def validate_access_token(self, client_key, token, request):
        return token in self.access

    def get_access_token_secret(self, client_key, token, request):
        return self.access.get(token, "dummy")

    # Realms are not used here: every token opens everything.
    def get_default_realms(self, client_key, request):
        return []

    def get_realms(self, token, request):
        return []

    def validate_requested_realms(self, client_key, realms, request):
        return True

    def validate_realms(self, client_key, token, request, uri=None, realms=None):
        return True

    def verify_realms(self, token, realms, request):
        return True


VALIDATOR = Validator()
SERVER = WebApplicationServer(VALIDATOR)


class Handler(BaseHTTPRequestHandler):
    """One exchange."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode("utf-8", "replace")
        asked = (f"http://127.0.0.1:{PORT}{self.path}", self.command, body, dict(self.headers))
        path = urlsplit(self.path).path
        try:
            if path == "/request-token":
                self.answer(*self.protocol(SERVER.create_request_token_response(*asked)))
            elif path == "/access-token":
                account = {"user_id": "4711", "screen_name": "asha"}
                self.answer(*self.protocol(SERVER.create_access_token_response(*asked, credentials=account)))
            elif path == "/authorize":
                self.authorize(body)
            elif path.startswith("/orders"):
                self.orders(asked)
            else:
                self.answer(404, "text/plain", "there is nothing here")
        except errors.OAuth1Error as error:
            self.answer(error.status_code, "application/x-www-form-urlencoded", error.urlencoded)
        except ValueError as error:
            self.answer(400, "text/plain", str(error))

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

    @staticmethod
    def protocol(outcome):
        headers, body, status = outcome
        return status, headers.get("Content-Type", "text/plain"), body or "refused"

    def orders(self, asked):
        is_valid, request = SERVER.validate_protected_resource_request(*asked, realms=[])
        if not is_valid:
            checks = getattr(request, "validator_log", {})
            failed = sorted(name for name, holds in checks.items() if not holds)
            self.answer(401, "application/json", json.dumps({"refused": failed}))
            return
        # oauthlib found them in one place alone, or it had refused.
        in_header = "oauth_signature=" in self.headers.get("Authorization", "")
        place = "header" if in_header else "query" if "oauth_signature=" in self.path else "form"
        seen = {
            "place": place,
            "method": request.signature_method,
            "account": "standing" if request.resource_owner_key in STANDING else "asha",
            "parameters": [[k, v] for k, v in request.params if not k.startswith("oauth_")],
        }
        self.answer(200, "application/json", json.dumps(seen))

    def authorize(self, body):
        token = dict(parse_qsl(urlsplit(self.path).query)).get("oauth_token", "")
        known = VALIDATOR.requests.get(token)
        if known is None:
            self.answer(400, "text/html", page("Unknown", "<p>This token is not known (any more).</p>"))
        elif self.command == "GET":
            form = (
                f'<form method="post" action="/authorize?{html.escape(urlencode({"oauth_token": token}))}">'
                '<button type="submit" name="decision" value="allow">Allow</button>'
                '<button type="submit" name="decision" value="deny">Deny</button></form>'
            )
            self.answer(200, "text/html", page("Consent", f"<p>Sluice wants to read orders.</p>{form}"))
        elif dict(parse_qsl(body)).get("decision") != "allow":
            VALIDATOR.requests.pop(token)
            refused = {"oauth_token": token, "oauth_problem": "user_refused"}
            self.back(known["callback"], refused, page("Denied", "<p>Nothing was given.</p>"))
        else:
            verifier = secrets.token_hex(8)
            VALIDATOR.save_verifier(token, {"oauth_verifier": verifier}, None)
            shown = page("Allowed", f'<p>Your code: <code id="verifier">{verifier}</code></p>')
            self.back(known["callback"], {"oauth_token": token, "oauth_verifier": verifier}, shown)

    def back(self, callback, parameters, shown):
        if callback == "oob":
            self.answer(200, "text/html", shown)
            return
        joint = "&" if "?" in callback else "?"
        self.answer(302, "text/plain", "", {"Location": callback + joint + urlencode(parameters)})

    def answer(self, status, kind, text, headers=None):
        content = text.encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def page(title, body):
    return f"<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"


ThreadingHTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
