from world import World, equal


def check_summary(world: World) -> None:
    """sums up the metastore"""
    summary = world.client.metastores.summary()
    equal(summary.metastore_id, world.metastore_id)
    assert summary.global_metastore_id.endswith(world.metastore_id)


def check_current(world: World) -> None:
    """names the metastore of the workspace"""
    current = world.client.metastores.current()
    equal((current.metastore_id, str(current.workspace_id)), (world.metastore_id, world.workspace_id))
