"""How long something takes, as told on a machine that does other work too."""

import time
from collections.abc import Callable


def best_seconds(task: Callable[[], object]) -> float:
    """Processor time of the fastest of three runs of `task`, in seconds.

    A collection of garbage or a busy machine may hit any one run, and hardly all three.
    """

    def seconds() -> float:
        start = time.process_time()
        task()
        return time.process_time() - start

    return min(seconds() for _ in range(3))
