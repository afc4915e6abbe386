"""The least that creates a hook and a hook source, but for their names and the ids that a hook refers to."""

from collections.abc import Mapping

HOOK: Mapping[str, str] = {
    "type": "application/astra-executionHook",
    "version": "1.3",
    "hookType": "custom",
    "action": "snapshot",
    "stage": "post",
}
SOURCE: Mapping[str, str] = {
    "type": "application/astra-hookSource",
    "version": "1.0",
    "sourceType": "script",
    "source": "ZWNobwo=",
}
