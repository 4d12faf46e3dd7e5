from databricks.sdk.errors import InvalidParameterValue
from databricks.sdk.service.catalog import PermissionsChange, Privilege, SecurableType
from world import World, equal, fails


def privileges(assignments, principal: str):
    return [one for each in assignments or [] if each.principal == principal for one in each.privileges]


def check_changes(world: World) -> None:
    """adds and removes privileges of one principal"""
    grants = world.client.grants
    name = world.schema().full_name
    both = [Privilege.USE_SCHEMA, Privilege.SELECT]
    grants.update("schema", name, changes=[PermissionsChange(principal="account users", add=both)])
    found = privileges(grants.get("schema", name).privilege_assignments, "account users")
    equal(sorted(one.value for one in found), ["SELECT", "USE_SCHEMA"])
    left = grants.update(
        "schema", name, changes=[PermissionsChange(principal="account users", remove=[Privilege.SELECT])]
    )
    equal(privileges(left.privilege_assignments, "account users"), [Privilege.USE_SCHEMA])
    of_users = grants.get("schema", name, principal="account users").privilege_assignments
    equal(privileges(of_users, "account users"), [Privilege.USE_SCHEMA])


def check_effective(world: World) -> None:
    """tells where an effective privilege comes from"""
    grants = world.client.grants
    table = world.table()
    schema = f"conf.{table.schema_name}"
    grants.update("schema", schema, changes=[PermissionsChange(principal="account users", add=[Privilege.SELECT])])
    found = privileges(
        grants.get_effective("table", table.full_name, principal="account users").privilege_assignments, "account users"
    )
    select = next(one for one in found if one.privilege == Privilege.SELECT)
    equal((select.inherited_from_name, select.inherited_from_type), (schema, SecurableType.SCHEMA))
    equal(privileges(grants.get("table", table.full_name).privilege_assignments, "account users"), [])


def check_paged(world: World) -> None:
    """lists direct and effective privileges in pages"""
    grants = world.client.grants
    name = world.schema().full_name
    grants.update("schema", name, changes=[PermissionsChange(principal="account users", add=[Privilege.SELECT])])
    equal(privileges(grants.list("schema", name), "account users"), [Privilege.SELECT])
    effective = privileges(grants.list_effective("schema", name), "account users")
    equal([one.privilege for one in effective], [Privilege.SELECT])


def check_both(world: World) -> None:
    """refuses to add and remove the same privilege"""
    change = PermissionsChange(principal="account users", add=[Privilege.SELECT], remove=[Privilege.SELECT])
    call = lambda: world.client.grants.update("schema", world.schema().full_name, changes=[change])
    text = "Duplicate privileges to add and delete for principal account users."
    fails(InvalidParameterValue, call, "INVALID_PARAMETER_VALUE", text)
