"""Child processes that never outlive the one who started them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence

_PR_SET_PDEATHSIG = 1


def dies_with_parent(with_signal: signal.Signals) -> Callable[[], None] | None:
    """A `preexec_fn` that makes the kernel send the signal to the child when its parent dies.

    Covers the one case no handler can: a supervisor killed with -9. It is set after the change of
    user, which would otherwise clear it. Linux only; elsewhere None, which `Popen` takes as nothing.
    """
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    return lambda: libc.prctl(_PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0)


def until(seconds: float, every: float = 0.05) -> Iterator[float]:
    """Yield the seconds left, pausing in between, until the deadline: every wait has an end."""
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        yield left
        time.sleep(min(every, left))


def stop_child(child: subprocess.Popen[bytes], steps: Sequence[tuple[signal.Signals, float]]) -> None:
    """Send each signal in turn, waiting its seconds, until the child has ended; then kill its group."""
    for with_signal, seconds in steps:
        if child.poll() is not None:
            break
        child.send_signal(with_signal)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
    # The child leads a session of its own, so what it started itself goes with it.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
