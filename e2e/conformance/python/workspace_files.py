import base64
import io

from databricks.sdk.errors import BadRequest, NotFound, ResourceAlreadyExists, ResourceDoesNotExist
from databricks.sdk.service.workspace import ExportFormat, ImportFormat, ObjectType
from world import World, equal, fails


def folder(world: World) -> str:
    path = f"/Workspace/Shared/{world.unique('files')}"
    world.client.workspace.mkdirs(path)
    return path


def check_mkdirs(world: World) -> None:
    """makes folders with their parents, as often as asked"""
    path = f"{folder(world)}/a/b"
    world.client.workspace.mkdirs(path)
    world.client.workspace.mkdirs(path)
    status = world.client.workspace.get_status(path)
    equal((status.object_type, status.path), (ObjectType.DIRECTORY, path))


def check_import_export(world: World) -> None:
    """imports and exports a file"""
    path = f"{folder(world)}/state.json"
    content = base64.b64encode(b'{"a":1}').decode()
    world.client.workspace.import_(path, content=content, format=ImportFormat.AUTO)
    status = world.client.workspace.get_status(path)
    equal((status.object_type, status.path, status.size), (ObjectType.FILE, path, 7))
    equal(world.client.workspace.export(path, format=ExportFormat.AUTO).content, content)


def check_upload_download(world: World) -> None:
    """uploads a form and downloads the plain content"""
    path = f"{folder(world)}/state.json"
    world.client.workspace.upload(path, io.BytesIO(b"first"), format=ImportFormat.AUTO)
    again = lambda: world.client.workspace.upload(path, io.BytesIO(b"second"), format=ImportFormat.AUTO)
    fails(ResourceAlreadyExists, again, "RESOURCE_ALREADY_EXISTS")
    world.client.workspace.upload(path, io.BytesIO(b"third"), format=ImportFormat.AUTO, overwrite=True)
    with world.client.workspace.download(path) as content:
        equal(content.read(), b"third")


def check_list(world: World) -> None:
    """lists a folder, also with all it holds"""
    path = folder(world)
    world.client.workspace.mkdirs(f"{path}/inner")
    world.client.workspace.upload(f"{path}/inner/file.txt", b"x", format=ImportFormat.AUTO)
    equal([one.path for one in world.client.workspace.list(path)], [f"{path}/inner"])
    equal([one.path for one in world.client.workspace.list(path, recursive=True)], [f"{path}/inner/file.txt"])


def check_delete(world: World) -> None:
    """deletes a folder that is not empty only with all it holds"""
    path = folder(world)
    world.client.workspace.upload(f"{path}/file.txt", b"x", format=ImportFormat.AUTO)
    fails(BadRequest, lambda: world.client.workspace.delete(path), "DIRECTORY_NOT_EMPTY")
    world.client.workspace.delete(path, recursive=True)
    text = f"Path ({path}) doesn't exist."
    fails(ResourceDoesNotExist, lambda: world.client.workspace.get_status(path), "RESOURCE_DOES_NOT_EXIST", text)


def check_parent(world: World) -> None:
    """needs the folder of a file"""
    try:
        world.client.workspace.import_("/Workspace/Shared/none/x", content="eA==", format=ImportFormat.AUTO)
    except NotFound as error:
        assert error.error_code != "ENDPOINT_NOT_FOUND", error
        return
    raise AssertionError("the call succeeded")
