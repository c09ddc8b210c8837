def main():
    numbers = list(range(1000000))
    sum = 0
    for turn in range(5):
        for number in numbers:
            sum = sum + number * 3 % 7
            if sum > 1000000:
                sum = sum - 1000000
    return sum


RESULT = main()
