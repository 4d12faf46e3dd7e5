from databricks.sdk.errors import ResourceDoesNotExist
from databricks.sdk.service.sql import State
from world import World, equal, fails


def check_list(world: World) -> None:
    """lists the one there is"""
    first = next(iter(world.client.warehouses.list()))
    equal((first.id, first.enable_serverless_compute), (world.warehouse_id, True))


def check_stop_and_start(world: World) -> None:
    """stops and starts it, and waits for both"""
    warehouses = world.client.warehouses
    equal(warehouses.stop(world.warehouse_id).result().state, State.STOPPED)
    equal(warehouses.start(world.warehouse_id).result().state, State.RUNNING)


def check_missing(world: World) -> None:
    """tells that one is missing"""
    fails(ResourceDoesNotExist, lambda: world.client.warehouses.get("none"), "RESOURCE_DOES_NOT_EXIST")
