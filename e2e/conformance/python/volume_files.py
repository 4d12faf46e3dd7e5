import io

from databricks.sdk.errors import BadRequest, NotFound, ResourceConflict
from databricks.sdk.service.catalog import VolumeType
from world import World, equal


def volume(world: World) -> str:
    """Path of a volume of its own."""
    name = world.schema().name
    world.client.volumes.create("conf", name, "state", VolumeType.MANAGED)
    return f"/Volumes/conf/{name}/state"


def content(world: World, path: str) -> bytes:
    with world.client.files.download(path).contents as stream:
        return stream.read()


def check_upload_download(world: World) -> None:
    """uploads and downloads a file"""
    folder = f"{volume(world)}/a b"
    path = f"{folder}/state.json"
    data = '{"ä":1}'.encode()
    world.client.files.create_directory(folder)
    world.client.files.upload(path, io.BytesIO(data), overwrite=False)
    equal(content(world, path), data)
    metadata = world.client.files.get_metadata(path)
    equal(metadata.content_length, len(data))
    assert metadata.last_modified


def check_conflict(world: World) -> None:
    """refuses to overwrite when told not to"""
    path = f"{volume(world)}/deploy.lock"
    world.client.files.upload(path, io.BytesIO(b"first"), overwrite=False)
    try:
        world.client.files.upload(path, io.BytesIO(b"second"), overwrite=False)
        raise AssertionError("the call succeeded")
    except ResourceConflict as error:
        assert error.error_code.endswith("ALREADY_EXISTS"), error.error_code
    equal(content(world, path), b"first")
    world.client.files.upload(path, io.BytesIO(b"third"), overwrite=True)
    equal(content(world, path), b"third")


def check_directories(world: World) -> None:
    """makes, lists and removes directories"""
    files = world.client.files
    root = volume(world)
    files.create_directory(f"{root}/one/two")
    files.get_directory_metadata(f"{root}/one/two")
    files.upload(f"{root}/one/file.txt", io.BytesIO(b"x"), overwrite=False)
    listed = files.list_directory_contents(f"{root}/one", page_size=1)
    equal(
        sorted((entry.path, bool(entry.is_directory)) for entry in listed),
        [(f"{root}/one/file.txt", False), (f"{root}/one/two", True)],
    )
    try:
        files.delete_directory(f"{root}/one")
        raise AssertionError("the call succeeded")
    except BadRequest as error:
        reasons = [detail.reason for detail in error.get_error_info()]
        equal(reasons, ["FILES_API_DIRECTORY_IS_NOT_EMPTY"])
    files.delete(f"{root}/one/file.txt")
    files.delete_directory(f"{root}/one/two")
    files.delete_directory(f"{root}/one")


def check_missing(world: World) -> None:
    """tells that a file is missing"""
    path = f"{volume(world)}/none.txt"
    try:
        world.client.files.download(path)
        raise AssertionError("the call succeeded")
    except NotFound as error:
        assert error.error_code != "ENDPOINT_NOT_FOUND", error
