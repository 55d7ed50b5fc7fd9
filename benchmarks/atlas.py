"""Times the atlas: opening, the first look-up after import, names in bulk, memory, size on disk.

    python benchmarks/atlas.py [ROUNDS]

Each round is a process of its own, so that every first look-up is a first one; medians count.
"""

import json
import statistics
import subprocess
import sys

ROUND = """
import json, resource, time
from withinreach.atlas.table import PlaceTable
began = time.perf_counter()
table = PlaceTable.open()
opened = time.perf_counter()
table.place(int(table.rows("Rutba")[0]))
looked = time.perf_counter()
table.find("Paris, Texas")
found = time.perf_counter()
words = "new york city hall and the river"
for _ in range(20_000):
    table.prefixes(words)
walked = time.perf_counter()
print(json.dumps({
    "open, ms": 1000 * (opened - began),
    "first look-up after import, ms": 1000 * (looked - began),
    "query with a container, ms": 1000 * (found - looked),
    "all names that begin seven words, us": 50 * (walked - found),
    "peak memory of the process, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "tables on disk, MB": sum(f.stat().st_size for f in table.folder.iterdir()) / 1e6,
    "places": len(table),
    "names": len(table.trie),
}))
"""


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    figures: dict[str, list[float]] = {}
    for turn in range(rounds + 1):
        run = subprocess.run(
            [sys.executable, "-c", ROUND], check=True, capture_output=True, text=True
        )
        if turn:  # the first turn only warms the caches
            for name, figure in json.loads(run.stdout).items():
                figures.setdefault(name, []).append(figure)
    for name, values in figures.items():
        print(f"{name:40} {statistics.median(values):12,.1f}")


if __name__ == "__main__":
    main()
