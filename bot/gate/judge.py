"""All acts of a plan, judged together: one denial denies the whole."""

from collections.abc import Iterable

from bot.policy.evaluate import Allowed, Decision, Denied, Rules
from bot.policy.terms import Act


def judge(rules: Rules, acts: Iterable[Act]) -> tuple[Act | None, Decision]:
    """The first denied act with its denial, or None and an `Allowed` that names every rule used.

    A plan without acts is denied: what asks for nothing is allowed by nothing.
    """
    used: dict[str, None] = {}
    for act in acts:
        decision = rules.judge(act)
        if isinstance(decision, Denied):
            return act, decision
        used[decision.rule] = None
    if not used:
        return None, Denied(rule=None, reason="this asks for nothing that a rule could allow")
    return None, Allowed(rule=", ".join(used))
