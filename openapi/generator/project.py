"""The files of the client: those that openapi-python-client makes of its templates, and more of our own."""

from pathlib import Path
from typing import Any

from openapi_python_client import Project
from openapi_python_client.config import Config
from openapi_python_client.parser import GeneratorData

from account_collections import account_collections

_MODULES = ("connections", "retries", "transport", "resources")


class ClientProject(Project):
    """The generator's project, with the contract's list of problems and our modules.

    ``contract`` is the document that ``openapi`` was read from.
    """

    def __init__(
        self, openapi: GeneratorData, contract: dict[str, Any], config: Config, templates: Path
    ) -> None:
        super().__init__(openapi=openapi, config=config, custom_template_path=templates)
        models = [*self.openapi.models, *self.openapi.enums]
        self.env.globals.update(
            problems=contract["components"]["x-problems"],
            collections=account_collections(self.openapi, contract),
            models=sorted(str(each.class_info.name) for each in models),
        )

    def _build_api(self) -> None:
        super()._build_api()
        for name in _MODULES:
            self._write(name, f"{name}.py.jinja")
        self._write("sync_api", "api_layer.py.jinja", asynchronous=False)
        self._write("async_api", "api_layer.py.jinja", asynchronous=True)

    def _write(self, module: str, template: str, **values: object) -> None:
        text = self.env.get_template(template).render(**values)
        (self.package_dir / f"{module}.py").write_text(text, self.config.file_encoding)
