from decimal import ROUND_HALF_UP, Decimal


def main():
    texts = ["19.99", "4.95", "0.10", "249.50", "7.25", "1.15", "33.33", "99.90", "0.07", "12.45"]
    prices = [Decimal(text) for text in texts]
    rate = Decimal("0.19")
    cent = Decimal("0.01")
    total = Decimal("0.00")
    quantity = 1
    for invoice in range(100000):
        net = Decimal("0.00")
        for price in prices:
            quantity = quantity % 7 + 1
            net += price * quantity
        tax = (net * rate).quantize(cent, ROUND_HALF_UP)
        total = total + net + tax
    return total


RESULT = main()
