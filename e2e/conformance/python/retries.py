import time
from typing import Any

from world import World, equal

PATH = "/api/2.0/preview/scim/v2/Me"


def survived(world: World, calls: int, **rule: Any) -> None:
    """The call succeeds in as many attempts, none before the seconds of Retry-After."""
    world.control("POST", "/__local/faults", {"rules": [{"match": f"GET {PATH}", **rule}]})
    world.control("DELETE", "/__local/requests")
    started = time.monotonic()
    equal(world.client.current_user.me().user_name, world.user)
    assert time.monotonic() - started >= (calls - 1) * rule["retryAfter"]
    requests = world.control("GET", "/__local/requests")["requests"]
    equal(len([request for request in requests if request["path"] == PATH]), calls)


def check_too_many(world: World) -> None:
    """two refusals with 429 are survived, and Retry-After is kept"""
    survived(world, 3, status=429, errorCode="REQUEST_LIMIT_EXCEEDED", retryAfter=1, times=2)


def check_unavailable(world: World) -> None:
    """a 503 is survived, and Retry-After is kept"""
    survived(world, 2, status=503, errorCode="TEMPORARILY_UNAVAILABLE", retryAfter=1)


def check_dropped(world: World) -> None:
    """a dropped connection is survived"""
    survived(world, 2, dropConnection="before", retryAfter=0)
