import json


def main():
    document = json.loads(input)
    total = 0
    tags = 0
    for record in document["records"]:
        if record["active"]:
            total += record["amount"]
        tags += len(record["tags"])
        record["seen"] = True
    document["total"] = total
    written = json.dumps(document, separators=(",", ":"), ensure_ascii=False)
    if len(written) < 5000000:
        return "too short"
    return total + tags


RESULT = main()
