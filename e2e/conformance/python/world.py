"""What a check works with: the official client, where it is connected to, and makers of objects no other check uses."""

import json
import re
import time
import urllib.request
from typing import Any, Callable, List, Optional, Type

from databricks.sdk import WorkspaceClient
from databricks.sdk.errors import DatabricksError
from databricks.sdk.service import catalog, sql

UUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")


class World:
    def __init__(self, connection: dict):
        self.url = connection["url"]
        self.token = connection["token"]
        self.user = connection["user"]
        self.plain_token = connection["plainToken"]
        self.workspace_id = connection["workspaceId"]
        self.metastore_id = connection["metastoreId"]
        self.warehouse_id = connection["warehouseId"]
        self.client_id = connection["clientId"]
        self.client_secret = connection["clientSecret"]
        self.client = self.sign_in(token=self.token)
        self._made = 0

    def sign_in(self, **credentials: str) -> WorkspaceClient:
        return WorkspaceClient(host=self.url, product="dpo-conformance", product_version="0.0.0", **credentials)

    def unique(self, prefix: str) -> str:
        self._made += 1
        return f"{prefix}_{self._made}"

    def sql(self, statement: str, **more: Any) -> List[List[Optional[str]]]:
        answer = self.client.statement_execution.execute_statement(
            statement, self.warehouse_id, wait_timeout="50s", **more
        )
        assert answer.status.state == sql.StatementState.SUCCEEDED, answer.status
        return answer.result.data_array or []

    def schema(self) -> catalog.SchemaInfo:
        return self.client.schemas.create(self.unique("made"), "conf")

    def table(self) -> catalog.TableInfo:
        """A copy of the events in a schema of its own."""
        name = f"{self.schema().full_name}.events"
        self.sql(f"CREATE TABLE {name} AS SELECT * FROM conf.data.events")
        return self.client.tables.get(name)

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """A control call of the embedded workspace itself."""
        request = urllib.request.Request(
            self.url + path,
            method=method,
            headers={"Authorization": f"Bearer {self.token}"},
            data=None if body is None else json.dumps(body).encode(),
        )
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read())


def equal(found: Any, expected: Any) -> None:
    assert found == expected, f"{found!r} is not {expected!r}"


def fails(kind: Type[DatabricksError], call: Callable[[], Any], code: str, message: Optional[str] = None) -> None:
    """The call raises exactly this class with this code and, if given, this message."""
    try:
        result = call()
    except DatabricksError as error:
        equal((type(error).__name__, error.error_code), (kind.__name__, code))
        if message is not None:
            equal(str(error), message)
        return
    raise AssertionError(f"the call succeeded: {result!r}")


def until(read: Callable[[], Any], is_done: Callable[[Any], bool]) -> Any:
    """Asks again until the answer satisfies, for at most twenty seconds."""
    end = time.monotonic() + 20
    while True:
        answer = read()
        if is_done(answer):
            return answer
        assert time.monotonic() < end, f"still {answer!r} after twenty seconds"
        time.sleep(0.05)
