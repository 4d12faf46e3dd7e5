from world import World, equal


def check_me(world: World) -> None:
    """tells who is calling, with the groups"""
    me = world.client.current_user.me()
    equal((me.user_name, me.active), (world.user, True))
    assert "users" in [group.display for group in me.groups]


def check_workspace_id(world: World) -> None:
    """tells the id of the workspace in a header"""
    equal(str(world.client.get_workspace_id()), world.workspace_id)
