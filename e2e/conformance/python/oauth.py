from world import World, equal


def check_sign_in(world: World) -> None:
    """a service principal signs in with client id and secret"""
    client = world.sign_in(client_id=world.client_id, client_secret=world.client_secret)
    # Service principals answer with their application id as userName.
    equal(client.current_user.me().user_name, world.client_id)


def check_wrong_secret(world: World) -> None:
    """a wrong secret is refused"""
    client = world.sign_in(client_id=world.client_id, client_secret="wrong")
    try:
        client.current_user.me()
    except Exception as error:
        assert "invalid_client" in str(error), error
        return
    raise AssertionError("the call succeeded")
