from databricks.sdk.errors import NotFound
from databricks.sdk.service.catalog import CatalogType
from world import World, equal, fails


def check_list(world: World) -> None:
    """lists all pages, past the empty ones"""
    names = [one.name for one in world.client.catalogs.list(max_results=0)]
    assert {"conf", "second", "third"} <= set(names), names


def check_get(world: World) -> None:
    """gets one by name, whatever the case"""
    found = world.client.catalogs.get("CONF")
    equal((found.name, found.comment), ("conf", "conformance"))
    equal((found.catalog_type, found.metastore_id), (CatalogType.MANAGED_CATALOG, world.metastore_id))


def check_missing(world: World) -> None:
    """tells that one is missing"""
    text = "Catalog 'nowhere' does not exist."
    fails(NotFound, lambda: world.client.catalogs.get("nowhere"), "CATALOG_DOES_NOT_EXIST", text)
