import json
import urllib.request

from databricks.sdk.errors import InvalidParameterValue, ResourceDoesNotExist
from databricks.sdk.service.sql import (
    ColumnInfoTypeName,
    Disposition,
    Format,
    ServiceErrorCode,
    StatementParameterListItem,
    StatementState,
)
from world import World, equal, fails, until

OPEN = (StatementState.PENDING, StatementState.RUNNING)


def check_types(world: World) -> None:
    """answers rows as text, with the types in the manifest"""
    answer = world.client.statement_execution.execute_statement(
        "SELECT 12 AS n, 1.5D AS d, true AS yes, 'x' AS s, CAST(NULL AS STRING) AS nothing", world.warehouse_id
    )
    equal(answer.result.data_array, [["12", "1.5", "true", "x", None]])
    types = [column.type_name for column in answer.manifest.schema.columns]
    kinds = ColumnInfoTypeName
    equal(types, [kinds.INT, kinds.DOUBLE, kinds.BOOLEAN, kinds.STRING, kinds.STRING])


def check_poll(world: World) -> None:
    """is polled to its end"""
    execution = world.client.statement_execution
    submitted = execution.execute_statement(
        "SELECT count(*) FROM conf.data.events", world.warehouse_id, wait_timeout="0s"
    )
    equal((submitted.status.state, submitted.result), (StatementState.PENDING, None))
    done = until(
        lambda: execution.get_statement(submitted.statement_id), lambda read: read.status.state not in OPEN
    )
    equal((done.status.state, done.result.data_array), (StatementState.SUCCEEDED, [["60"]]))


def check_chunks(world: World) -> None:
    """comes in chunks that lead to each other"""
    execution = world.client.statement_execution
    first = execution.execute_statement(
        "SELECT events.id FROM conf.data.events CROSS JOIN conf.data.orders", world.warehouse_id
    )
    equal((first.manifest.total_chunk_count, first.manifest.total_row_count), (3, 300))
    chunk = first.result
    rows = len(chunk.data_array)
    while chunk.next_chunk_index is not None:
        chunk = execution.get_statement_result_chunk_n(first.statement_id, chunk.next_chunk_index)
        equal(chunk.row_offset, rows)
        rows += len(chunk.data_array)
    equal(rows, 300)


def check_parameters(world: World) -> None:
    """takes named parameters, one of them NULL"""
    rows = world.sql(
        "SELECT :n + 1, upper(:s), :missing IS NULL",
        parameters=[
            StatementParameterListItem(name="n", value="41", type="INT"),
            StatementParameterListItem(name="s", value="it's"),
            StatementParameterListItem(name="missing"),
        ],
    )
    equal(rows, [["42", "IT'S", "true"]])


def check_failed(world: World) -> None:
    """that fails is an answer and no error"""
    answer = world.client.statement_execution.execute_statement("SELECT * FROM conf.data.none", world.warehouse_id)
    equal((answer.status.state, answer.status.error.error_code), (StatementState.FAILED, ServiceErrorCode.BAD_REQUEST))
    assert answer.status.error.message.startswith("[TABLE_OR_VIEW_NOT_FOUND]"), answer.status.error.message


def check_cancel(world: World) -> None:
    """can be canceled"""
    execution = world.client.statement_execution
    submitted = execution.execute_statement(
        "SELECT count(*) FROM range(100000000) AS a CROSS JOIN range(100) AS b", world.warehouse_id, wait_timeout="0s"
    )
    execution.cancel_execution(submitted.statement_id)
    ended = until(
        lambda: execution.get_statement(submitted.statement_id), lambda read: read.status.state not in OPEN
    )
    equal(ended.status.state, StatementState.CANCELED)


def check_external_links(world: World) -> None:
    """has its rows behind links that want no token"""
    answer = world.client.statement_execution.execute_statement(
        "SELECT id FROM conf.data.orders ORDER BY id", world.warehouse_id, disposition=Disposition.EXTERNAL_LINKS
    )
    link = answer.result.external_links[0]
    equal(link.row_count, 5)
    with urllib.request.urlopen(link.external_link) as content:
        equal(json.loads(content.read()), [["0"], ["1"], ["2"], ["3"], ["4"]])


def check_arrow(world: World) -> None:
    """is refused as Arrow, which the embedded workspace does not make"""
    call = lambda: world.client.statement_execution.execute_statement(
        "SELECT 1", world.warehouse_id, disposition=Disposition.EXTERNAL_LINKS, format=Format.ARROW_STREAM
    )
    fails(InvalidParameterValue, call, "INVALID_PARAMETER_VALUE")


def check_missing(world: World) -> None:
    """that nobody submitted is missing"""
    call = lambda: world.client.statement_execution.get_statement("01ef0000-0000-0000-0000-000000000000")
    fails(ResourceDoesNotExist, call, "RESOURCE_DOES_NOT_EXIST")
