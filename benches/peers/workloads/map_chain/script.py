def main():
    deals = []
    for n in range(10):
        deals.append({"id": n, "account": {"name": "Byrne & Sons", "owner": {"name": "Asha", "level": n}}})
    total = 0
    for turn in range(100000):
        for deal in deals:
            total += deal["account"]["owner"]["level"]
    return total


RESULT = main()
