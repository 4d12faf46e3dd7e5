from databricks.sdk.errors import NotFound
from world import World, equal, fails


def check_list(world: World) -> None:
    """lists none in a new schema"""
    home = world.schema()
    equal(list(world.client.functions.list(home.catalog_name, home.name)), [])


def check_missing(world: World) -> None:
    """tells that one is missing"""
    text = "Function 'conf.data.none' does not exist."
    fails(NotFound, lambda: world.client.functions.get("conf.data.none"), "FUNCTION_DOES_NOT_EXIST", text)
