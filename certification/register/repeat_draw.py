"""Repeat a surveillance draw: python repeat_draw.py "SEED" SHARE population.csv"""

import csv, hashlib, sys

seed, share, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
rows = list(csv.DictReader(open(path, encoding="utf-8")))


def lowest(row):
    tickets = range(1, int(row["tickets"]) + 1)
    return min(hashlib.sha256(f"{seed}:{row['number']}:{ticket}".encode()).hexdigest() for ticket in tickets)


ranked = sorted(rows, key=lambda row: (lowest(row), row["number"]))
print("\n".join(row["number"] for row in ranked[: -(-len(rows) * share // 100)]))
