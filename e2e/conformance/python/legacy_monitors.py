from databricks.sdk.errors import ResourceDoesNotExist
from databricks.sdk.service.catalog import (
    MonitorInfoStatus,
    MonitorRefreshInfoState,
    MonitorSnapshot,
    MonitorTimeSeries,
    TableInfo,
)
from world import World, equal, fails, until

FOLDER = "/Workspace/Shared/legacy"
DAILY = MonitorTimeSeries(timestamp_col="event_time", granularities=["1 day"])


def create(world: World, table: TableInfo, **config):
    world.client.workspace.mkdirs(FOLDER)
    config = config or {"snapshot": MonitorSnapshot()}
    output = f"conf.{table.schema_name}"
    return world.client.quality_monitors.create(
        table.full_name, output, FOLDER, warehouse_id=world.warehouse_id, **config
    )


def check_create(world: World) -> None:
    """creates one with the recorded fields"""
    table = world.table()
    created = create(world, table)
    equal((created.status, created.dashboard_id), (MonitorInfoStatus.MONITOR_STATUS_PENDING, None))
    read = until(
        lambda: world.client.quality_monitors.get(table.full_name),
        lambda one: one.status == MonitorInfoStatus.MONITOR_STATUS_ACTIVE,
    ).as_dict()
    equal(len(read.pop("dashboard_id")), 32)
    # databricks/cli acceptance/bundle/resources/quality_monitors/create: warehouse_id is not echoed.
    equal(
        read,
        {
            "assets_dir": FOLDER,
            "drift_metrics_table_name": f"{table.full_name}_drift_metrics",
            "monitor_version": 0,
            "output_schema_name": f"conf.{table.schema_name}",
            "profile_metrics_table_name": f"{table.full_name}_profile_metrics",
            "snapshot": {},
            "status": "MONITOR_STATUS_ACTIVE",
            "table_name": table.full_name,
        },
    )


def check_other_api(world: World) -> None:
    """shows the monitor of the other API"""
    table = world.table()
    create(world, table, time_series=DAILY)
    config = world.client.data_quality.get_monitor("table", table.table_id).data_profiling_config
    equal(config.time_series.timestamp_column, "event_time")
    equal([one.value for one in config.time_series.granularities], ["AGGREGATION_GRANULARITY_1_DAY"])


def check_update(world: World) -> None:
    """replaces everything in an update, but for the assets directory"""
    table = world.table()
    create(world, table, snapshot=MonitorSnapshot(), slicing_exprs=["region"])
    output = f"conf.{table.schema_name}"
    world.client.quality_monitors.update(table.full_name, output, snapshot=MonitorSnapshot())
    read = world.client.quality_monitors.get(table.full_name)
    equal((read.slicing_exprs or [], read.assets_dir), ([], FOLDER))


def check_refresh(world: World) -> None:
    """runs a refresh and lists it"""
    table = world.table()
    create(world, table, time_series=DAILY)
    monitors = world.client.quality_monitors
    started = monitors.run_refresh(table.full_name)
    open_states = (MonitorRefreshInfoState.PENDING, MonitorRefreshInfoState.RUNNING)
    ended = until(
        lambda: monitors.get_refresh(table.full_name, started.refresh_id), lambda read: read.state not in open_states
    )
    equal(ended.state, MonitorRefreshInfoState.SUCCESS)
    assert ended in monitors.list_refreshes(table.full_name).refreshes


def check_twice_and_gone(world: World) -> None:
    """refuses a second one and tells that one is missing"""
    table = world.table()
    create(world, table)
    try:
        create(world, table)
        raise AssertionError("the call succeeded")
    except Exception as error:
        equal(str(error), f"Data Monitor '{table.full_name}' already exists")
    world.client.quality_monitors.delete(table.full_name)
    text = f"Cannot find Monitor with ID: /metastores:{world.metastore_id}/tables:{table.table_id}/"
    read = lambda: world.client.quality_monitors.get(table.full_name)
    fails(ResourceDoesNotExist, read, "RESOURCE_DOES_NOT_EXIST", text)
    # databricks/cli acceptance/bundle/resources/quality_monitors/change_assets_dir: a new one right after the delete.
    equal(create(world, table).monitor_version, 0)
