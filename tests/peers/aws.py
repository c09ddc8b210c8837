"""Checks AWS Signature V4 with botocore, Amazon's own client, which other people wrote: what arrives is signed again with the
same key for the same time, service and region, and the two signatures are compared.

    PEER_SECRET=... python aws.py PORT

The access key is AKIASLUICEPEER000001, the secret key PEER_SECRET. The answer is JSON: the service, the region and the
canonical request that botocore made; 403 when the signature differs or something that must be signed is not.
"""

import hashlib
import hmac
import json
import os
import re
import sys
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

PORT = int(sys.argv[1])
KEYS = Credentials("AKIASLUICEPEER000001", os.environ["PEER_SECRET"])
SHAPE = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/([^/]+)/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})"
)
LONGEST_WAY = timedelta(minutes=15)


class Refused(Exception):
    """Why a request is not taken."""


def check(method, url, headers, body):
    """What is to be said of a request that is signed as it should be."""
    shape = SHAPE.fullmatch(headers.get("Authorization", ""))
    if not shape:
        raise Refused("the Authorization header has another shape")
    key, day, region, service, signed, signature = shape.groups()
    time = headers.get("X-Amz-Date", "")
    sent = datetime.strptime(time, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    if abs(datetime.now(timezone.utc) - sent) > LONGEST_WAY or not time.startswith(day):
        raise Refused("it was signed for another time")
    if key != KEYS.access_key:
        raise Refused("the access key is another one")
    if headers.get("X-Amz-Content-Sha256", hashlib.sha256(body).hexdigest()) != hashlib.sha256(body).hexdigest():
        raise Refused("the hash is another body's")
    signed = signed.split(";")
    must = {"host"} | {name.lower() for name in headers if name.lower().startswith("x-amz-")}
    must |= {"content-type"} & {name.lower() for name in headers}
    if not must <= set(signed):
        raise Refused(f"not signed: {sorted(must - set(signed))}")
    own = {name: value for name, value in headers.items() if name.lower() in signed}
    request = AWSRequest(method=method, url=url, data=body, headers=own)
    request.context["timestamp"] = time
    signer = (S3SigV4Auth if service == "s3" else SigV4Auth)(KEYS, service, region)
    canonical = signer.canonical_request(request)
    expected = signer.signature(signer.string_to_sign(request, canonical), request)
    seen = {"service": service, "region": region, "canonical": canonical, "body": body.decode("utf-8", "replace")}
    if not hmac.compare_digest(expected, signature):
        raise Refused(f"the signature differs from botocore's over\n{canonical}")
    return seen


class Handler(BaseHTTPRequestHandler):
    """One exchange."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        # `self.path` is not used: it takes repeated slashes at the beginning for one.
        target = self.requestline.split(" ")[1]
        try:
            status, answer = 200, check(self.command, f"http://127.0.0.1:{PORT}{target}", self.headers, body)
        except (Refused, ValueError) as problem:
            status, answer = 403, {"refused": str(problem)}
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET


ThreadingHTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
