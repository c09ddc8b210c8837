from datetime import date, timedelta


def main():
    start = date(2020, 1, 15)
    total = 0
    for n in range(200000):
        due = start + timedelta(days=n % 3650)
        months = n % 240
        renewal = start.replace(year=2020 + months // 12, month=1 + months % 12)
        total += (renewal - due).days
    return total


RESULT = main()
