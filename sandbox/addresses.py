"""Where the practice room's services answer."""


class Addresses:
    """The addresses on one port of this machine."""

    port: int

    @property
    def base_url(self) -> str:
        """The room's address, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def page_url(self) -> str:
        """The page for people."""
        return f"{self.base_url}/"

    @property
    def slack_api_url(self) -> str:
        """The `base_url` for slack_sdk's WebClient."""
        return f"{self.base_url}/slack/api/"

    @property
    def x_url(self) -> str:
        """What stands in place of https://api.x.com."""
        return f"{self.base_url}/x"

    @property
    def model_url(self) -> str:
        """The `base_url` for the openai client."""
        return f"{self.base_url}/model/v1"

    @property
    def control_url(self) -> str:
        """The control API, without a slash at its end."""
        return f"{self.base_url}/control"
