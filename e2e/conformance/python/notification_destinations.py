from databricks.sdk.errors import ResourceDoesNotExist
from databricks.sdk.service.settings import Config, DestinationType, EmailConfig, SlackConfig
from world import World, equal, fails


def mail(world: World) -> str:
    config = Config(email=EmailConfig(addresses=["a@example.com"]))
    return world.client.notification_destinations.create(config=config, display_name=world.unique("mail")).id


def check_secret(world: World) -> None:
    """creates one and keeps its secret"""
    config = Config(slack=SlackConfig(url="https://hooks.example.com/secret"))
    created = world.client.notification_destinations.create(config=config, display_name="slack")
    equal((created.display_name, created.destination_type), ("slack", DestinationType.SLACK))
    equal(world.client.notification_destinations.get(created.id).config.slack, SlackConfig(url_set=True))


def check_list(world: World) -> None:
    """lists names and types, all pages"""
    made = {mail(world) for _ in range(3)}
    listed = list(world.client.notification_destinations.list(page_size=2))
    assert made <= {one.id for one in listed}
    assert all(one.display_name and one.destination_type for one in listed)


def check_rename_and_delete(world: World) -> None:
    """renames one and deletes it"""
    destinations = world.client.notification_destinations
    id = mail(world)
    equal(destinations.update(id, display_name="renamed").display_name, "renamed")
    destinations.delete(id)
    fails(ResourceDoesNotExist, lambda: destinations.get(id), "RESOURCE_DOES_NOT_EXIST")
