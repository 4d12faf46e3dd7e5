from databricks.sdk.errors import InvalidParameterValue, ResourceDoesNotExist
from databricks.sdk.service.sql import (
    Aggregation,
    AlertEvaluationState,
    AlertLifecycleState,
    AlertV2,
    AlertV2Evaluation,
    AlertV2Notification,
    AlertV2Operand,
    AlertV2OperandColumn,
    AlertV2OperandValue,
    AlertV2Subscription,
    ComparisonOperator,
    CronSchedule,
    SchedulePauseStatus,
)
from world import UUID, World, equal, fails


def named(world: World, name: str, threshold: float = 5) -> AlertV2:
    folder = f"/Workspace/Shared/{world.unique('alerts')}"
    world.client.workspace.mkdirs(folder)
    return AlertV2(
        display_name=name,
        query_text="SELECT max(score) AS v FROM conf.data.events",
        warehouse_id=world.warehouse_id,
        parent_path=folder,
        custom_summary="{{ALERT_NAME}} is {{ALERT_STATUS}}",
        evaluation=AlertV2Evaluation(
            source=AlertV2OperandColumn(name="v", aggregation=Aggregation.MAX),
            comparison_operator=ComparisonOperator.GREATER_THAN,
            threshold=AlertV2Operand(value=AlertV2OperandValue(double_value=threshold)),
            empty_result_state=AlertEvaluationState.OK,
            notification=AlertV2Notification(
                notify_on_ok=True,
                retrigger_seconds=3600,
                subscriptions=[AlertV2Subscription(user_email="a@example.com")],
            ),
        ),
        schedule=CronSchedule(
            quartz_cron_schedule="0 0 8 * * ?", timezone_id="UTC", pause_status=SchedulePauseStatus.PAUSED
        ),
    )


def check_echo(world: World) -> None:
    """creates one and echoes what was sent"""
    sent = named(world, "echo")
    created = world.client.alerts_v2.create_alert(sent)
    assert UUID.match(created.id)
    read = world.client.alerts_v2.get_alert(created.id)
    equal((read.lifecycle_state, read.owner_user_name), (AlertLifecycleState.ACTIVE, world.user))
    for name in ("display_name", "query_text", "warehouse_id", "custom_summary"):
        equal(getattr(read, name), getattr(sent, name))
    for name in ("source", "threshold", "notification", "comparison_operator", "empty_result_state"):
        equal(getattr(read.evaluation, name), getattr(sent.evaluation, name))
    equal(read.schedule.pause_status, SchedulePauseStatus.PAUSED)


def check_list(world: World) -> None:
    """lists all pages in order of creation"""
    made = [world.client.alerts_v2.create_alert(named(world, f"page {name}")).id for name in ("a", "b", "c")]
    listed = [alert.id for alert in world.client.alerts_v2.list_alerts(page_size=2)]
    equal([id for id in listed if id in made], made)


def check_mask(world: World) -> None:
    """changes only what the mask names"""
    sent = named(world, "masked")
    id = world.client.alerts_v2.create_alert(sent).id
    sent.query_text, sent.display_name = "SELECT 1 AS v", "not this"
    changed = world.client.alerts_v2.update_alert(id, sent, "query_text")
    equal((changed.query_text, changed.display_name), ("SELECT 1 AS v", "masked"))


def check_trash(world: World) -> None:
    """trashes one, which is then readable but not listed"""
    id = world.client.alerts_v2.create_alert(named(world, "trashed")).id
    world.client.alerts_v2.trash_alert(id)
    equal(world.client.alerts_v2.get_alert(id).lifecycle_state, AlertLifecycleState.DELETED)
    assert id not in [alert.id for alert in world.client.alerts_v2.list_alerts()]


def check_purge(world: World) -> None:
    """purges one for good"""
    id = world.client.alerts_v2.create_alert(named(world, "purged")).id
    world.client.alerts_v2.trash_alert(id, purge=True)
    text = f"Alert with ID '{id}' does not exist."
    read = lambda: world.client.alerts_v2.get_alert(id)
    fails(ResourceDoesNotExist, read, "RESOURCE_DOES_NOT_EXIST", text)


def check_missing_field(world: World) -> None:
    """refuses one without a schedule"""
    sent = named(world, "incomplete")
    sent.schedule = None
    create = lambda: world.client.alerts_v2.create_alert(sent)
    fails(InvalidParameterValue, create, "INVALID_PARAMETER_VALUE")
