"""Monitors on tables of their own, for the areas that need one."""

from dataclasses import dataclass
from typing import Any

from databricks.sdk.service.catalog import TableInfo
from databricks.sdk.service.dataquality import (
    AggregationGranularity,
    DataProfilingConfig,
    InferenceLogConfig,
    InferenceProblemType,
    Monitor,
    SnapshotConfig,
    TimeSeriesConfig,
)
from world import World

DAY = [AggregationGranularity.AGGREGATION_GRANULARITY_1_DAY]
TIME_SERIES = {"time_series": TimeSeriesConfig(timestamp_column="event_time", granularities=DAY)}
SNAPSHOT = {"snapshot": SnapshotConfig()}
INFERENCE = {
    "inference_log": InferenceLogConfig(
        problem_type=InferenceProblemType.INFERENCE_PROBLEM_TYPE_CLASSIFICATION,
        timestamp_column="event_time",
        granularities=DAY,
        prediction_column="prediction",
        label_column="label",
        model_id_column="model_id",
    )
}


@dataclass
class Monitored:
    at: tuple
    table: TableInfo
    schema_id: str
    monitor: Monitor

    def body(self, **config: Any) -> Monitor:
        """The body of a write for the same table."""
        return body(self.at, self.schema_id, config)


def body(at: tuple, schema_id: str, config: dict) -> Monitor:
    profiling = DataProfilingConfig(output_schema_id=schema_id, **config)
    return Monitor(object_type=at[0], object_id=at[1], data_profiling_config=profiling)


def monitored(world: World, **config: Any) -> Monitored:
    table = world.table()
    schema_id = world.client.schemas.get(f"conf.{table.schema_name}").schema_id
    at = ("table", table.table_id)
    wanted = {"skip_builtin_dashboard": True, **(config or TIME_SERIES)}
    return Monitored(at, table, schema_id, world.client.data_quality.create_monitor(body(at, schema_id, wanted)))
