def main():
    names = ["ash", "birch", "cedar", "elder", "fir", "hazel", "juniper", "larch", "maple", "oak"]
    s = ""
    for turn in range(20000):
        for x in names:
            s += x
    return len(s)


RESULT = main()
