from datetime import datetime, timedelta


def main():
    start = datetime(2020, 1, 1, 8, 5)
    texts = [(start + timedelta(hours=n * 37)).strftime("%Y-%m-%d %H:%M:%S") for n in range(1000)]
    total = 0
    for turn in range(100):
        for text in texts:
            moment = datetime.fromisoformat(text)
            printed = moment.strftime("%d-%b-%Y %H:%M")
            total += int(printed[:2])
    return total


RESULT = main()
