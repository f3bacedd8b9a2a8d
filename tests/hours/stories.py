"""What happens to a server while hours end: each story returns what was seen of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.hours.seen import Seen
    from tests.hours.stage import Stage

GUEST, LATE = "guest", "late"


def steady(stage: Stage) -> Seen:
    """Three borders; a guest comes and goes within an hour, and comes back in another one."""
    with stage.running():
        stage.begin()
        stage.clock.wait_until(1, 5)
        stage.arrive(GUEST)
        stage.clock.wait_until(1, 25)
        stage.leave(GUEST)
        stage.clock.wait_until(1, 50)
        stage.arrive(LATE)
        stage.clock.wait_until(2, 5)
        stage.leave(LATE)
        stage.clock.wait_until(2, 30)
        stage.arrive(GUEST)
        stage.clock.wait_until(2, 45)
        stage.leave(GUEST)
        stage.clock.wait_until(3, 5)
        return stage.seen()


def restarted(stage: Stage) -> Seen:
    """Restarts in the middle of an hour, across a border, and past the time to record an hour."""
    with stage.running():
        stage.begin()
        stage.clock.wait_until(0, 45)
    with stage.running():
        stage.clock.wait_until(0, 59)
    stage.clock.wait_until(1, 2)
    with stage.running():
        stage.clock.wait_until(2, 3.8)
    stage.clock.wait_until(2, 6.2)
    with stage.running():
        stage.clock.wait_until(2, 15)
        return stage.seen()


def killed(stage: Stage) -> Seen:
    """The same, but killed, and the last time as soon as it may have recorded an hour."""
    with stage.running():
        stage.begin()
        stage.clock.wait_until(0, 45)
        stage.kill()
    with stage.running():
        stage.clock.wait_until(0, 59.8)
        stage.kill()
    with stage.running():
        stage.clock.wait_until(1, 4.9)
        stage.kill()
    with stage.running():
        stage.clock.wait_until(2, 15)
        return stage.seen()


def reloaded(stage: Stage) -> Seen:
    """The SLO gets another name just before a border, and again while an hour is recorded."""
    with stage.running():
        stage.begin()
        stage.clock.wait_until(0, 59.9)
        stage.reload(name="renamed")
        stage.clock.wait_until(1, 4.9)
        stage.reload(name="again")
        stage.clock.wait_until(2, 4.2)
        stage.reload(name="requests")
        stage.clock.wait_until(2, 15)
        return stage.seen()


def without_hours(stage: Stage) -> Seen:
    """Nothing records hours for most of an hour, from before a border until its last chance."""
    with stage.running():
        stage.begin()
        stage.clock.wait_until(0, 40)
        stage.reload(without_hours=True)
        stage.clock.wait_until(1, 52)
        stage.reload()
        stage.clock.wait_until(2, 15)
        return stage.seen()


def an_hour_without_hours(stage: Stage) -> Seen:
    """Nothing records hours for the whole of an hour: the one before it is lost."""
    with stage.running():
        stage.begin()
        stage.clock.wait_until(0, 40)
        stage.reload(without_hours=True)
        stage.clock.wait_until(2, 1)
        stage.reload()
        stage.clock.wait_until(3, 5)
        return stage.seen()


def down(stage: Stage) -> Seen:
    """Nothing runs for the whole of an hour: the part of the one before it is lost."""
    with stage.running():
        stage.begin()
        stage.clock.wait_until(0, 50)
    stage.clock.wait_until(2, 1)
    with stage.running():
        stage.clock.wait_until(3, 5)
        return stage.seen()


def frozen(stage: Stage) -> Seen:
    """The server misses evaluations: some within an hour, the border, the time to record one."""
    with stage.running():
        stage.begin()
        stage.clock.wait_until(0, 45)
        with stage.frozen():
            stage.clock.wait(2 * 60)
        stage.clock.wait_until(0, 59.5)
        with stage.frozen():
            stage.clock.wait(60)
        stage.clock.wait_until(1, 3.5)
        with stage.frozen():
            stage.clock.wait(3 * 60)
        stage.clock.wait_until(2, 15)
        return stage.seen()


def with_a_late_ruler(stage: Stage) -> Seen:
    """The ruler is restarted in the middle of an hour, and killed when it has recorded an hour.

    Scrapes go on meanwhile.
    """
    with stage.running():
        stage.begin()
        stage.clock.wait_until(1, 25)
    with stage.running():
        stage.clock.wait_until(2, 5.2)
        stage.kill()
    with stage.running():
        stage.clock.wait_until(2, 16)
        return stage.seen(outages=False)


ALL = (steady, restarted, killed, reloaded, without_hours, an_hour_without_hours, down, frozen)
