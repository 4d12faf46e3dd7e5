import json

from databricks.sdk.errors import NotFound
from databricks.sdk.service.catalog import ColumnTypeName, DataSourceFormat, TableType
from world import UUID, World, equal, fails


def check_get(world: World) -> None:
    """gets one with its id, columns and properties"""
    table = world.client.tables.get("conf.data.orders")
    assert UUID.match(table.table_id)
    equal((table.table_type, table.data_source_format), (TableType.MANAGED, DataSourceFormat.DELTA))
    equal(
        [(column.name, column.type_name, column.position) for column in table.columns],
        [("id", ColumnTypeName.LONG, 0), ("amount", ColumnTypeName.DECIMAL, 1)],
    )
    equal((table.columns[1].type_precision, table.columns[1].type_scale), (9, 2))
    equal(json.loads(table.columns[0].type_json)["type"], "long")


def check_view(world: World) -> None:
    """gets a view with its text"""
    view = world.client.tables.get("conf.data.recent")
    equal(view.table_type, TableType.VIEW)
    equal(view.view_definition, "SELECT id, score FROM conf.data.events WHERE id > 30")


def check_list(world: World) -> None:
    """lists all pages, with ids even when everything else is left out"""
    listed = list(
        world.client.tables.list(
            "conf", "data", omit_columns=True, omit_properties=True, omit_username=True, include_browse=True
        )
    )
    equal(sorted(table.name for table in listed), ["events", "orders", "recent"])
    for table in listed:
        assert UUID.match(table.table_id)
        equal((table.columns or [], table.properties, table.owner), ([], None, None))


def check_summaries(world: World) -> None:
    """sums up the tables of a catalog by pattern"""
    found = world.client.tables.list_summaries("conf", schema_name_pattern="dat_", table_name_pattern="%e%")
    equal(
        [(summary.full_name, summary.table_type) for summary in found],
        [
            ("conf.data.events", TableType.MANAGED),
            ("conf.data.orders", TableType.MANAGED),
            ("conf.data.recent", TableType.VIEW),
        ],
    )


def check_exists(world: World) -> None:
    """tells whether one exists"""
    equal(world.client.tables.exists("conf.data.events").table_exists, True)
    equal(world.client.tables.exists("conf.data.none").table_exists, False)


def check_owner(world: World) -> None:
    """hands one over to another owner, under the same id"""
    table = world.table()
    world.client.tables.update(table.full_name, owner="account users")
    changed = world.client.tables.get(table.full_name)
    equal((changed.owner, changed.table_id), ("account users", table.table_id))


def check_delete(world: World) -> None:
    """deletes one"""
    name = world.table().full_name
    world.client.tables.delete(name)
    fails(
        NotFound, lambda: world.client.tables.get(name), "TABLE_DOES_NOT_EXIST", f"Table '{name}' does not exist."
    )
