import json


def main():
    total = 0
    written = 0
    for line in input.split("\n"):
        body = json.loads(line)
        order = body["order"]
        if order["paid"] and order["currency"] == "EUR":
            total += order["number"]
        if body["customer"]["city"] == "Dublin":
            total += len(body["items"])
        body["status"] = "seen"
        if len(json.dumps(body, separators=(",", ":"), ensure_ascii=False)) > 300:
            written += 1
    return total + written


RESULT = main()
