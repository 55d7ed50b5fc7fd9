"""Times the commands against a script that imports folium and saves an empty map, in one run.

    python benchmarks/command.py [ROUNDS]

Whole processes, warm, in turns so that a slow moment hits all alike; the median ratio counts.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEED = str(ROOT / "seeds" / "iraq-2018.md")
EMPTY_MAP = "import folium, sys; folium.Map().save(sys.argv[1])"


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        page = f"{folder}/page.html"
        tool = [sys.executable, "-m", "withinreach"]
        commands = {
            "empty folium map": ([sys.executable, "-c", EMPTY_MAP, page], None),
            "map": ([*tool, "map", SEED, "-o", page, "--force"], 2.0),
            "places": ([*tool, "places", SEED], 0.8),
            "reach": ([*tool, "reach", SEED], 0.8),
            "--help": ([*tool, "--help"], 0.25),
        }
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(rounds + 1):
            for name, (command, _) in commands.items():
                began = time.perf_counter()
                subprocess.run(command, check=True, capture_output=True)
                if turn:  # the first turn only warms the caches
                    seconds[name].append(time.perf_counter() - began)
        base = seconds["empty folium map"]
        print(f"{'process':18} {'median s':>9} {'ratio':>6} {'reach':>6}")
        for name, (_, wanted) in commands.items():
            ratio = statistics.median(a / b for a, b in zip(seconds[name], base, strict=True))
            goal = "" if wanted is None else f"{wanted:.2f}"
            print(f"{name:18} {statistics.median(seconds[name]):9.3f} {ratio:6.2f} {goal:>6}")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"peak memory of any of them: {peak:.0f} MB")


main()
