from databricks.sdk.errors import AlreadyExists, InvalidParameterValue, ResourceDoesNotExist
from databricks.sdk.service.catalog import EntityTagAssignment
from world import World, equal, fails


def check_life(world: World) -> None:
    """creates, reads, changes and deletes one"""
    tags = world.client.entity_tag_assignments
    at = ("tables", world.table().full_name, "team")
    assignment = lambda value: EntityTagAssignment(
        entity_type=at[0], entity_name=at[1], tag_key=at[2], tag_value=value
    )
    equal(tags.create(assignment("risk")).tag_value, "risk")
    fails(AlreadyExists, lambda: tags.create(assignment("risk")), "ALREADY_EXISTS")
    equal(tags.update(*at, tag_assignment=assignment("fraud"), update_mask="tag_value").tag_value, "fraud")
    equal(tags.get(*at).tag_value, "fraud")
    tags.delete(*at)
    fails(ResourceDoesNotExist, lambda: tags.get(*at), "RESOURCE_DOES_NOT_EXIST")


def check_list(world: World) -> None:
    """lists all pages, past the empty ones"""
    found = world.client.entity_tag_assignments.list("tables", "conf.data.events", max_results=0)
    equal(
        sorted((tag.tag_key, tag.tag_value) for tag in found),
        [("contact", "ann"), ("team", "risk"), ("tier", "gold")],
    )


def check_column(world: World) -> None:
    """reads those of a column"""
    found = world.client.entity_tag_assignments.list("columns", "conf.data.events.score")
    equal([tag.tag_key for tag in found], ["pii"])


def check_singular(world: World) -> None:
    """refuses the singular entity type"""
    call = lambda: list(world.client.entity_tag_assignments.list("table", "conf.data.events"))
    fails(InvalidParameterValue, call, "INVALID_PARAMETER_VALUE")
