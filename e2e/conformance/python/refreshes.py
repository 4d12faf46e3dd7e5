from databricks.sdk.errors import ResourceDoesNotExist
from databricks.sdk.service.dataquality import Refresh, RefreshState, RefreshTrigger
from monitored import INFERENCE, SNAPSHOT, TIME_SERIES, Monitored, monitored
from world import World, equal, fails, until

OPEN = (RefreshState.MONITOR_REFRESH_STATE_PENDING, RefreshState.MONITOR_REFRESH_STATE_RUNNING)


def start(world: World, made: Monitored) -> Refresh:
    return world.client.data_quality.create_refresh(*made.at, Refresh(object_type=made.at[0], object_id=made.at[1]))


def refreshed(world: World, made: Monitored) -> Refresh:
    """Starts a refresh and polls it to its end, as the documentation's sample does."""
    started = start(world, made)
    assert started.state in OPEN, started.state
    equal((started.trigger, started.end_time_ms), (RefreshTrigger.MONITOR_REFRESH_TRIGGER_MANUAL, None))
    ended = until(
        lambda: world.client.data_quality.get_refresh(*made.at, started.refresh_id), lambda read: read.state not in OPEN
    )
    assert ended.state == RefreshState.MONITOR_REFRESH_STATE_SUCCESS, ended.message
    return ended


def check_first(world: World) -> None:
    """the first one starts by itself"""
    made = monitored(world)
    found = until(
        lambda: list(world.client.data_quality.list_refresh(*made.at)),
        lambda read: bool(read) and read[0].state not in OPEN,
    )
    equal([one.state for one in found], [RefreshState.MONITOR_REFRESH_STATE_SUCCESS])


def check_time_series(world: World) -> None:
    """one more fills the metric tables of a time series"""
    made = monitored(world, **TIME_SERIES)
    ended = refreshed(world, made)
    assert ended.end_time_ms >= ended.start_time_ms
    profile = f"{made.table.full_name}_profile_metrics"
    rows = world.sql(f"SELECT granularity, count FROM {profile} WHERE column_name = ':table' ORDER BY window.start")
    equal(rows, [["1 day", "20"]] * 3)
    drift = world.sql(
        f"SELECT DISTINCT drift_type, ks_test.statistic IS NOT NULL, js_distance IS NULL"
        f" FROM {made.table.full_name}_drift_metrics WHERE column_name = 'score'"
    )
    equal(drift, [["CONSECUTIVE", "true", "true"]])


def check_inference(world: World) -> None:
    """of an inference log measures the model"""
    made = monitored(world, **INFERENCE)
    refreshed(world, made)
    profile = f"{made.table.full_name}_profile_metrics"
    where = "column_name = ':table' AND slice_key IS NULL AND model_id = 'v1'"
    equal(world.sql(f"SELECT DISTINCT accuracy_score FROM {profile} WHERE {where}"), [["1.0"]])


def check_snapshot(world: World) -> None:
    """of a snapshot profiles the whole table"""
    made = monitored(world, **SNAPSHOT)
    refreshed(world, made)
    profile = f"{made.table.full_name}_profile_metrics"
    rows = world.sql(f"SELECT DISTINCT num_nulls, percent_null, distinct_count FROM {profile} WHERE column_name = 'id'")
    equal(rows, [["0", "0.0", "60"]])


def check_pages(world: World) -> None:
    """are listed in pages, the newest first"""
    made = monitored(world, **SNAPSHOT)
    second = refreshed(world, made)
    found = list(world.client.data_quality.list_refresh(*made.at, page_size=1))
    equal((len(found), found[0].refresh_id), (2, second.refresh_id))


def check_cancel(world: World) -> None:
    """can be canceled, a finished one to no effect"""
    quality = world.client.data_quality
    made = monitored(world, **SNAPSHOT)
    done = refreshed(world, made)
    equal(quality.cancel_refresh(*made.at, done.refresh_id).refresh, done)
    started = start(world, made)
    quality.cancel_refresh(*made.at, started.refresh_id)
    ended = quality.get_refresh(*made.at, started.refresh_id)
    equal(ended.state, RefreshState.MONITOR_REFRESH_STATE_CANCELED)


def check_missing(world: World) -> None:
    """that nobody started is missing"""
    made = monitored(world, **SNAPSHOT)
    call = lambda: world.client.data_quality.get_refresh(*made.at, 12)
    fails(ResourceDoesNotExist, call, "RESOURCE_DOES_NOT_EXIST")
