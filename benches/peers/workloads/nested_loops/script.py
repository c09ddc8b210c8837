def main():
    sum = 0
    for a in range(10):
        for b in range(1000):
            for c in range(1000):
                sum = sum + c * 3 % 7
                if sum > 1000000:
                    sum = sum - 1000000
    return sum


RESULT = main()
