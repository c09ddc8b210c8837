def main():
    deals = []
    x = 42
    for i in range(100000):
        x = x * 16807 % 2147483647
        deals.append({"id": i, "name": "Spring order", "amount": x})
    deals.sort(key=lambda deal: deal["amount"])
    total = 0
    for deal in deals:
        total = (total * 7 + deal["id"]) % 1000003
    return total


RESULT = main()
