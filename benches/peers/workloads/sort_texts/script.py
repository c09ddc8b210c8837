def main():
    names = []
    x = 42
    for i in range(200000):
        x = x * 16807 % 2147483647
        names.append("name-" + str(x))
    names.sort()
    total = 0
    for name in names:
        total = (total * 7 + len(name)) % 1000003
    return total


RESULT = main()
