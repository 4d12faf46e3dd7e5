from databricks.sdk.service.dashboards import Dashboard
from databricks.sdk.service.iam import AccessControlRequest, PermissionLevel
from world import World, equal


def direct(answer, group: str):
    return [
        permission.permission_level
        for entry in answer.access_control_list
        if entry.group_name == group
        for permission in entry.all_permissions
        if not permission.inherited
    ]


def merged_and_replaced(world: World, kind: str, id: str, answered: str) -> None:
    permissions = world.client.permissions
    grant = lambda level: [AccessControlRequest(group_name="users", permission_level=level)]
    merged = permissions.update(kind, id, access_control_list=grant(PermissionLevel.CAN_READ))
    equal((merged.object_type, merged.object_id), (answered, f"/{kind}/{id}"))
    equal(direct(merged, "users"), [PermissionLevel.CAN_READ])
    permissions.set(kind, id, access_control_list=grant(PermissionLevel.CAN_RUN))
    equal(direct(permissions.get(kind, id), "users"), [PermissionLevel.CAN_RUN])


def check_directories(world: World) -> None:
    """of directories are merged and replaced"""
    path = f"/Workspace/Shared/{world.unique('shared')}"
    world.client.workspace.mkdirs(path)
    id = str(world.client.workspace.get_status(path).object_id)
    merged_and_replaced(world, "directories", id, "directory")


def check_dashboards(world: World) -> None:
    """of dashboards are merged and replaced"""
    dashboard = Dashboard(display_name=world.unique("shared"), serialized_dashboard='{"datasets":[],"pages":[]}')
    merged_and_replaced(world, "dashboards", world.client.lakeview.create(dashboard).dashboard_id, "dashboard")


def check_alerts(world: World) -> None:
    """of alerts are merged and replaced"""
    from alerts import named

    merged_and_replaced(world, "alertsv2", world.client.alerts_v2.create_alert(named(world, "shared")).id, "alertv2")
