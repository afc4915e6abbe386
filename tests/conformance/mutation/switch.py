"""An application that stands where a schema was loaded, and is one server after the other."""

from starlette.types import ASGIApp, Receive, Scope, Send


class Switch:
    """An application that is one server in each process."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass requests on; the servers need no lifespan."""
        if scope["type"] == "http":
            await self.app(scope, receive, send)
            return
        while (message := await receive())["type"] != "lifespan.shutdown":
            await send({"type": f"{message['type']}.complete"})
        await send({"type": "lifespan.shutdown.complete"})
