"""Rules about when a hook runs, and whether it does."""

from collections.abc import Iterator

from execution_hooks.kubernetes.lint.rules import Rule, Subject, some

LONG_MINUTES = 60
"""A time-out that is longer is reported: an application may stay frozen as long."""


def _no_such_stage(subject: Subject) -> Iterator[str]:
    hook = subject.hook
    if hook.stage == "pre" and hook.action in {"restore", "failover"}:
        yield f"there is no pre-{hook.action} hook"


def _no_order(subject: Subject) -> Iterator[str]:
    hook = subject.hook
    if hook.enabled and (others := subject.others(hook.stage)):
        names = some([each.hook.name for each in others])
        yield f"it runs before or after {names}: all are {hook.stage}-{hook.action} hooks"


def _namespace_after_restore(subject: Subject) -> Iterator[str]:
    hook = subject.hook
    if (hook.stage, hook.action) == ("post", "restore"):
        values = [repr(each.value) for each in hook.criteria if each.type == "namespaceName"]
        if values:
            yield f"{some(values)} is looked for in the destination's namespaces alone"


def _unknown_application(subject: Subject) -> Iterator[str]:
    if subject.hook.application_key not in subject.cluster.applications:
        yield f"there is no Application {'/'.join(subject.hook.application_key)}"


def _long_timeout(subject: Subject) -> Iterator[str]:
    if subject.hook.timeout > LONG_MINUTES:
        yield f"it may take {subject.hook.timeout} minutes"


def _disabled(subject: Subject) -> Iterator[str]:
    if not subject.hook.enabled:
        yield "it does not run"


RULES = (
    Rule(
        "no-such-stage",
        "error",
        "Hooks before a restore or a failover do not exist, though the schema lets them pass.",
        "Make it a post hook.",
        _no_such_stage,
    ),
    Rule(
        "no-order",
        "note",
        "Several hooks run at the same stage of the same action, in no certain order.",
        "If the order matters, do it all in one script.",
        _no_order,
    ),
    Rule(
        "namespace-after-restore",
        "warning",
        "A criterion namespaceName of a post-restore hook looks at the destination's namespaces alone.",
        "Match the namespace that is restored to, or leave the criterion out.",
        _namespace_after_restore,
    ),
    Rule(
        "unknown-application",
        "error",
        "The Application that the hook names is not in its namespace.",
        "Correct applicationRef, or give the Application's manifest, too.",
        _unknown_application,
    ),
    Rule(
        "long-timeout",
        "warning",
        f"The hook may take more than {LONG_MINUTES} minutes, in which the application may stay frozen.",
        "Set spec.timeout to the minutes that the script needs; it is 25 if left out.",
        _long_timeout,
    ),
    Rule("disabled", "note", "The hook is disabled.", "Set spec.enabled to true, or delete it.", _disabled),
)
