from databricks.sdk.errors import BadRequest, NotFound
from databricks.sdk.service.catalog import VolumeInfo, VolumeType
from world import UUID, World, equal, fails


def make(world: World) -> VolumeInfo:
    """A managed volume in a schema of its own."""
    return world.client.volumes.create("conf", world.schema().name, "state", VolumeType.MANAGED, comment="first")


def check_life(world: World) -> None:
    """creates, reads, changes and deletes one"""
    volumes = world.client.volumes
    made = make(world)
    equal((made.volume_type, made.comment), (VolumeType.MANAGED, "first"))
    assert UUID.match(made.volume_id)
    changed = volumes.update(made.full_name, comment="second")
    equal((changed.comment, changed.volume_id), ("second", made.volume_id))
    equal(volumes.read(made.full_name), changed)
    volumes.delete(made.full_name)
    text = f"Volume '{made.full_name}' does not exist."
    fails(NotFound, lambda: volumes.read(made.full_name), "VOLUME_DOES_NOT_EXIST", text)


def check_list(world: World) -> None:
    """lists those of a schema"""
    made = make(world)
    listed = world.client.volumes.list("conf", made.schema_name)
    equal([volume.volume_id for volume in listed], [made.volume_id])


def check_twice(world: World) -> None:
    """refuses a second one of the same name"""
    made = make(world)
    again = lambda: world.client.volumes.create("conf", made.schema_name, "state", VolumeType.MANAGED)
    fails(BadRequest, again, "VOLUME_ALREADY_EXISTS")


def check_orphan(world: World) -> None:
    """names the schema that is missing"""
    # databricks/cli acceptance/selftest/record_cloud/volume-io.
    create = lambda: world.client.volumes.create("conf", "none", "state", VolumeType.MANAGED)
    fails(NotFound, create, "SCHEMA_DOES_NOT_EXIST", "Schema 'conf.none' does not exist.")
