from databricks.sdk.errors import BadRequest, InvalidState, NotFound
from world import UUID, World, equal, fails


def check_life(world: World) -> None:
    """creates, reads, changes and deletes one"""
    schemas = world.client.schemas
    name = world.unique("Life")
    created = schemas.create(name, "conf", comment="first", properties={"dpo.owner": "conformance"})
    # Names are lower-cased and the server adds properties of its own (databricks/cli resources.yml).
    equal(created.full_name, f"conf.{name.lower()}")
    assert UUID.match(created.schema_id)
    equal(created.properties["dpo.owner"], "conformance")
    changed = schemas.update(created.full_name, comment="second")
    equal((changed.comment, changed.schema_id), ("second", created.schema_id))
    equal(schemas.get(created.full_name), changed)
    schemas.delete(created.full_name)
    text = f"Schema '{created.full_name}' does not exist."
    fails(NotFound, lambda: schemas.get(created.full_name), "SCHEMA_DOES_NOT_EXIST", text)


def check_list(world: World) -> None:
    """lists all pages, past the empty ones, each with its id"""
    made = [world.schema() for _ in range(3)]
    listed = {one.name: one.schema_id for one in world.client.schemas.list("conf", max_results=0)}
    for one in made:
        equal(listed.get(one.name), one.schema_id)


def check_twice(world: World) -> None:
    """refuses a second one of the same name"""
    name = world.schema().name
    # 400 and not 409: unitycatalog ErrorCode.java.
    fails(BadRequest, lambda: world.client.schemas.create(name, "conf"), "SCHEMA_ALREADY_EXISTS")


def check_full(world: World) -> None:
    """keeps one that holds a table, unless forced"""
    table = world.table()
    name = f"conf.{table.schema_name}"
    fails(InvalidState, lambda: world.client.schemas.delete(name), "INVALID_STATE")
    world.client.schemas.delete(name, force=True)
    fails(NotFound, lambda: world.client.tables.get(table.full_name), "SCHEMA_DOES_NOT_EXIST")
