def main():
    m = {}
    for i in range(500000):
        m["k" + str(i % 50000)] = i
    total = 0
    for i in range(500000):
        total += m["k" + str(i % 50000)]
    return total


RESULT = main()
