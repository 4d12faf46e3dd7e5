from databricks.sdk.errors import AlreadyExists, InvalidParameterValue, NotFound, NotImplemented, ResourceDoesNotExist
from databricks.sdk.service.dataquality import (
    CronSchedule,
    CronSchedulePauseStatus,
    DataProfilingStatus,
    NotificationDestination,
    NotificationSettings,
)
from monitored import INFERENCE, SNAPSHOT, TIME_SERIES, body, monitored
from world import World, equal, fails, until


def creates(world: World, profile: dict) -> None:
    made = monitored(world, **profile)
    config = made.monitor.data_profiling_config
    equal((config.status, config.dashboard_id), (DataProfilingStatus.DATA_PROFILING_STATUS_PENDING, None))
    equal((config.output_schema_id, config.monitor_version), (made.schema_id, 0))
    equal(config.profile_metrics_table_name, f"{made.table.full_name}_profile_metrics")
    equal(config.drift_metrics_table_name, f"{made.table.full_name}_drift_metrics")
    active = until(
        lambda: world.client.data_quality.get_monitor(*made.at),
        lambda read: read.data_profiling_config.status == DataProfilingStatus.DATA_PROFILING_STATUS_ACTIVE,
    )
    for name, value in profile.items():
        equal(getattr(active.data_profiling_config, name), value)


def check_snapshot(world: World) -> None:
    """creates one of type snapshot, PENDING and in version 0"""
    creates(world, SNAPSHOT)


def check_time_series(world: World) -> None:
    """creates one of type time_series, PENDING and in version 0"""
    creates(world, TIME_SERIES)


def check_inference(world: World) -> None:
    """creates one of type inference_log, PENDING and in version 0"""
    creates(world, INFERENCE)


def check_echo(world: World) -> None:
    """echoes everything optional"""
    world.client.workspace.mkdirs("/Workspace/Shared/conformance")
    destination = NotificationDestination(email_addresses=["a@example.com"])
    optional = {
        "assets_dir": "/Workspace/Shared/conformance",
        "slicing_exprs": ["region", "id > 10"],
        "baseline_table_name": "conf.data.events",
        "notification_settings": NotificationSettings(on_failure=destination),
    }
    schedule = CronSchedule(quartz_cron_expression="0 0 12 * * ?", timezone_id="Europe/Berlin")
    made = monitored(world, **TIME_SERIES, **optional, schedule=schedule)
    read = world.client.data_quality.get_monitor(*made.at).data_profiling_config
    for name, value in optional.items():
        equal(getattr(read, name), value)
    equal(read.schedule.pause_status, CronSchedulePauseStatus.CRON_SCHEDULE_PAUSE_STATUS_UNPAUSED)


def check_leaf_mask(world: World) -> None:
    """changes the leaf that the mask names, and the version"""
    made = monitored(world, **TIME_SERIES, slicing_exprs=["region"])
    changed = world.client.data_quality.update_monitor(
        *made.at, made.body(**TIME_SERIES, slicing_exprs=["id > 10"]), "data_profiling_config.slicing_exprs"
    ).data_profiling_config
    equal((changed.slicing_exprs, changed.monitor_version), (["id > 10"], 1))
    equal(changed.time_series, TIME_SERIES["time_series"])


def check_schedule(world: World) -> None:
    """drops a schedule that the mask names and the body lacks"""
    schedule = CronSchedule(quartz_cron_expression="0 0 12 * * ?", timezone_id="UTC")
    made = monitored(world, **TIME_SERIES, schedule=schedule)
    changed = world.client.data_quality.update_monitor(
        *made.at, made.body(**TIME_SERIES), "data_profiling_config.schedule"
    )
    equal(changed.data_profiling_config.schedule, None)


def check_whole_mask(world: World) -> None:
    """replaces the whole configuration under its mask, but for the assets directory"""
    world.client.workspace.mkdirs("/Workspace/Shared/first")
    made = monitored(world, **TIME_SERIES, slicing_exprs=["region"], assets_dir="/Workspace/Shared/first")
    wanted = made.body(**SNAPSHOT, assets_dir="/Workspace/Shared/second")
    changed = world.client.data_quality.update_monitor(*made.at, wanted, "data_profiling_config")
    config = changed.data_profiling_config
    equal((config.snapshot, config.time_series), (SNAPSHOT["snapshot"], None))
    equal((config.slicing_exprs or [], config.assets_dir), ([], "/Workspace/Shared/first"))


def check_wrong_mask(world: World) -> None:
    """refuses a mask with a path that no monitor has"""
    made = monitored(world)
    call = lambda: world.client.data_quality.update_monitor(
        *made.at, made.body(**TIME_SERIES), "data_profiling_config.colour"
    )
    fails(InvalidParameterValue, call, "INVALID_PARAMETER_VALUE")


def check_twice(world: World) -> None:
    """refuses a second one on the same table"""
    made = monitored(world)
    again = lambda: world.client.data_quality.create_monitor(made.body(**SNAPSHOT))
    text = f"Data Monitor '{made.table.full_name}' already exists"
    fails(AlreadyExists, again, "ALREADY_EXISTS", text)


def check_delete(world: World) -> None:
    """goes, and its metric tables stay"""
    made = monitored(world)
    name = f"{made.table.full_name}_profile_metrics"
    until(lambda: world.client.tables.exists(name), lambda read: read.table_exists)
    world.client.data_quality.delete_monitor(*made.at)
    text = f"Cannot find Monitor with ID: /metastores:{world.metastore_id}/tables:{made.at[1]}/"
    read = lambda: world.client.data_quality.get_monitor(*made.at)
    fails(ResourceDoesNotExist, read, "RESOURCE_DOES_NOT_EXIST", text)
    equal(world.client.tables.exists(name).table_exists, True)


def check_list(world: World) -> None:
    """are not listed, as every generated client says"""
    fails(NotImplemented, lambda: list(world.client.data_quality.list_monitor()), "NOT_IMPLEMENTED")


def check_missing_table(world: World) -> None:
    """refuses a table that does not exist"""
    schema_id = world.schema().schema_id
    wanted = body(("table", "00000000-0000-4000-8000-000000000000"), schema_id, SNAPSHOT)
    fails(NotFound, lambda: world.client.data_quality.create_monitor(wanted), "TABLE_DOES_NOT_EXIST")
