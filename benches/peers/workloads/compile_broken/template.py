# Item {i}
def f{i}(a, b):
    m = {"id": {i}, "name": "Item {i} " + str(a)}
    m["total"] = a * 3 + b / 2 -
    if a > 10 and b < 20:
        m["flag"] = m["total"] > 100

    return m


