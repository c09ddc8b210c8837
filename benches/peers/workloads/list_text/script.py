def main():
    items = []
    for i in range(200000):
        items.append("item-" + str(i))
    joined = ",".join(items)
    replaced = joined.replace("item", "part")
    parts = replaced.split(",")
    total = len(joined) + len(parts)
    for part in parts:
        total += len(part[5:])
    return total


RESULT = main()
