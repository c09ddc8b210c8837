import json


def main():
    record = json.loads(input)
    score = record.get("Probability") or 0
    reasons = []
    amount = record.get("Amount") or 0
    if amount > 100000:
        score += 20
        reasons.append("large")
    elif amount > 10000:
        score += 7
        reasons.append("medium")
    for tag in record["Tag"]:
        if tag["name"] == "priority":
            score += 10
    if record.get("Phone") is None and record.get("Country") == "Ireland":
        reasons.append("no phone")
    source = record.get("Lead_Source")
    if source is not None and source.lower() == "partner":
        score -= 5
        reasons.append("partner")
    owner = record.get("Owner")
    result = {"Segment": "hot" if score > 80 else "warm", "Score": score, "Reasons": reasons}
    if owner is not None and owner["email"].endswith("@example.com"):
        result["Owner"] = owner["name"]
    return f"{result['Segment']}:{result['Score']}:{len(result['Reasons'])}:{result['Owner']}"


RESULT = main()
