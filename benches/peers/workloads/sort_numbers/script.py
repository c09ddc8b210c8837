def main():
    numbers = []
    x = 42
    for i in range(1000000):
        x = x * 16807 % 2147483647
        numbers.append(x)
    numbers.sort()
    total = 0
    for number in numbers:
        total = (total * 7 + number) % 1000003
    return total


RESULT = main()
