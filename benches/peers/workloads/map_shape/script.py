def main():
    total = 0
    for a in range(100):
        for b in range(1000):
            deal = {"id": a * 1000 + b, "name": "Spring order", "stage": "Open", "amount": b}
            deal["probability"] = b % 100
            deal["country"] = "Ireland"
            deal["active"] = True
            deal["weight"] = 2
            if deal["active"] and deal["stage"] == "Open":
                total = total + deal["amount"] * deal["probability"] + deal["id"] % 3
            if deal["country"] == "Ireland" and deal["name"] is not None:
                total = total - deal["weight"]
    return total


RESULT = main()
