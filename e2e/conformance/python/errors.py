from databricks.sdk.errors import NotFound, PermissionDenied, Unauthenticated
from world import World, fails


def check_token(world: World) -> None:
    """a wrong token is not authenticated"""
    fails(Unauthenticated, lambda: world.sign_in(token="wrong").current_user.me(), "UNAUTHENTICATED")


def check_denied(world: World) -> None:
    """a user without grants is denied"""
    other = world.sign_in(token=world.plain_token)
    fails(PermissionDenied, lambda: other.schemas.create("denied", "conf"), "PERMISSION_DENIED")


def check_path(world: World) -> None:
    """a path that no service has is told by name"""
    text = "No API found for 'GET /api/2.0/nothing'"
    fails(NotFound, lambda: world.client.api_client.do("GET", "/api/2.0/nothing"), "ENDPOINT_NOT_FOUND", text)
