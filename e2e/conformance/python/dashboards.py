import json

from databricks.sdk.errors import AlreadyExists, BadRequest, PermissionDenied, ResourceDoesNotExist
from databricks.sdk.service.dashboards import Dashboard, LifecycleState
from databricks.sdk.service.workspace import ObjectType
from world import World, equal, fails

CONTENT = {
    "datasets": [{"name": "d", "displayName": "events", "queryLines": ["SELECT * FROM conf.data.events"]}],
    "pages": [{"name": "p", "displayName": "Overview", "layout": []}],
}


def drawn(world: World) -> Dashboard:
    """A dashboard in a folder of its own."""
    folder = f"/Shared/{world.unique('dashboards')}"
    world.client.workspace.mkdirs(folder)
    return world.client.lakeview.create(content(world, folder))


def content(world: World, folder: str = None, title: str = "Overview") -> Dashboard:
    text = json.dumps(CONTENT).replace("Overview", title)
    return Dashboard(
        display_name="overview", parent_path=folder, warehouse_id=world.warehouse_id, serialized_dashboard=text
    )


def check_create(world: World) -> None:
    """creates one as a file in its folder"""
    made = drawn(world)
    equal((len(made.dashboard_id), made.lifecycle_state), (32, LifecycleState.ACTIVE))
    equal(made.path, f"{made.parent_path}/overview.lvdash.json")
    file = world.client.workspace.get_status(f"/Workspace{made.path}")
    equal((file.object_type, file.resource_id), (ObjectType.DASHBOARD, made.dashboard_id))


def check_rewritten(world: World) -> None:
    """writes the type of a page and a line end into the text"""
    text = world.client.lakeview.get(drawn(world).dashboard_id).serialized_dashboard
    equal(json.loads(text)["pages"][0]["pageType"], "PAGE_TYPE_CANVAS")
    assert text.endswith("\n") and not text.endswith("\n\n")


def check_update(world: World) -> None:
    """changes one and moves its etag with the content"""
    made = drawn(world)
    changed = world.client.lakeview.update(made.dashboard_id, content(world, title="Changed"))
    assert changed.etag != made.etag
    read = world.client.lakeview.get(made.dashboard_id)
    equal((json.loads(read.serialized_dashboard)["pages"][0]["displayName"], read.etag), ("Changed", changed.etag))


def check_list(world: World) -> None:
    """lists all pages without the content"""
    made = {drawn(world).dashboard_id for _ in range(3)}
    mine = [one for one in world.client.lakeview.list(page_size=2) if one.dashboard_id in made]
    equal(len(mine), 3)
    equal((mine[0].etag, mine[0].path, mine[0].serialized_dashboard), (None, None, None))


def check_publish(world: World) -> None:
    """publishes, shows and takes back"""
    lakeview = world.client.lakeview
    id = drawn(world).dashboard_id
    missing = f"Unable to find published dashboard [{id}]"
    fails(ResourceDoesNotExist, lambda: lakeview.get_published(id), "RESOURCE_DOES_NOT_EXIST", missing)
    lakeview.publish(id, embed_credentials=False, warehouse_id=world.warehouse_id)
    read = lakeview.get_published(id)
    equal((read.display_name, read.warehouse_id), ("overview", world.warehouse_id))
    lakeview.unpublish(id)
    fails(ResourceDoesNotExist, lambda: lakeview.get_published(id), "RESOURCE_DOES_NOT_EXIST")


def check_trash(world: World) -> None:
    """trashes one, which stays readable, and refuses to do it twice"""
    lakeview = world.client.lakeview
    id = drawn(world).dashboard_id
    lakeview.trash(id)
    read = lakeview.get(id)
    equal((read.lifecycle_state, read.parent_path), (LifecycleState.TRASHED, f"/Users/{world.user}/Trash"))
    fails(PermissionDenied, lambda: lakeview.trash(id), "PERMISSION_DENIED")
    assert id not in [one.dashboard_id for one in lakeview.list()]
    assert id in [one.dashboard_id for one in lakeview.list(show_trashed=True)]


def check_twice(world: World) -> None:
    """refuses a second one of the same name in the folder"""
    # databricks/cli integration/assumptions/dashboard_assumptions_test.go.
    folder = drawn(world).parent_path
    fails(AlreadyExists, lambda: world.client.lakeview.create(content(world, folder)), "ALREADY_EXISTS")


def check_unknown_warehouse(world: World) -> None:
    """refuses to publish on a warehouse that does not exist"""
    id = drawn(world).dashboard_id
    try:
        world.client.lakeview.publish(id, embed_credentials=False, warehouse_id="none")
    except ResourceDoesNotExist as error:
        equal(error.error_code, "RESOURCE_DOES_NOT_EXIST")
        return
    raise AssertionError("the call succeeded")


def check_folder(world: World) -> None:
    """needs its folder"""
    create = lambda: world.client.lakeview.create(content(world, "/Shared/none"))
    fails(ResourceDoesNotExist, create, "RESOURCE_DOES_NOT_EXIST", "Path (/Shared/none) doesn't exist.")
