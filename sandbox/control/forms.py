"""Submitting and closing modals, and what the app's acknowledgement makes of them."""

from typing import Any

from sandbox.control.errors import ControlError, words
from sandbox.control.fill import fill
from sandbox.control.people import People, find_member, outcome
from sandbox.slack import payloads
from sandbox.slack.api_views import checked_view
from sandbox.slack.errors import SlackRefusal
from sandbox.slack.form_values import refused_inputs
from sandbox.slack.people import SlackUser
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.views import OpenView


class Forms:
    """Submits and closes modals as their members do."""

    def __init__(self, people: People, settings: WorkspaceSettings) -> None:
        self.people = people
        self.state = people.state
        self.hub = people.hub
        self.settings = settings

    async def submit(self, said: dict[str, Any]) -> dict[str, Any]:
        """Fill a modal and press its submit button."""
        member = find_member(self.state, said)
        view = self.people.own_view(member, words(said, "view_id"))
        if view.kind != "modal" or not view.view.get("submit"):
            raise ControlError("This view has no submit button.")
        fill(view.view["blocks"], view.values, said.get("values"))
        view.errors = refused_inputs(view.view["blocks"], view.values)
        self.state.tell("views")
        if view.errors:
            return {"ok": False, "errors": view.errors}
        trigger_id = self.state.tickets.new_trigger(member.id, view.id)
        ack = await self.hub.deliver(
            "interactive", payloads.view_submission(member, view, trigger_id)
        )
        opened = self.state.tickets.opened_by(trigger_id)
        if not ack.acked:
            sentence = "We had some trouble connecting. Try again?"
            return {**outcome(ack, opened), "ok": False, "error": sentence}
        try:
            shown = self._after(member, view, ack.answer or {})
        except SlackRefusal as refusal:
            reasons = refusal.more.get("response_metadata", {}).get("messages", [])
            sentence = f"Slack would refuse the app's answer: {refusal.error} {' '.join(reasons)}"
            shown = {"ok": False, "error": sentence.strip()}
        self.state.tell("views")
        shown = {**outcome(ack), **shown}
        if opened or shown.get("opened"):
            shown["opened"] = [*opened, *shown.get("opened", [])]
        return shown

    def _after(self, member: SlackUser, view: OpenView, answer: dict[str, Any]) -> dict[str, Any]:
        wanted = answer.get("response_action")
        views = self.state.views
        if wanted is None:
            views.close(view.id)
            return {}
        if wanted == "errors":
            return self._errors(view, answer.get("errors"))
        if wanted == "clear":
            views.clear(member.id)
            return {}
        if wanted in {"update", "push"}:
            new = checked_view(self.settings, answer.get("view"))
            if wanted == "update":
                views.update(view, new, None)
                return {"opened": [view.id]}
            return {"opened": [views.push(member.id, new).id]}
        raise SlackRefusal("invalid_response_action")

    @staticmethod
    def _errors(view: OpenView, errors: Any) -> dict[str, Any]:
        inputs = {b["block_id"] for b in view.view["blocks"] if b.get("type") == "input"}
        if not isinstance(errors, dict) or not errors or set(errors) - inputs:
            # Slack's client shows no message then, only that something went wrong.
            raise SlackRefusal("errors_must_name_input_blocks")
        view.errors = {block_id: str(sentence) for block_id, sentence in errors.items()}
        return {"ok": False, "errors": view.errors}

    async def close(self, said: dict[str, Any]) -> dict[str, Any]:
        """Press a modal's close button."""
        member = find_member(self.state, said)
        view = self.people.own_view(member, words(said, "view_id"))
        if view.kind != "modal":
            raise ControlError("The Home tab cannot be closed.")
        stack = self.state.views.stack(member.id)
        whole = bool(view.view["clear_on_close"])
        above = [known.id for known in stack].index(view.id)
        going = list(reversed(stack if whole else stack[above:]))
        shown: dict[str, Any] = {"ok": True, "acked": True, "ms": 0.0}
        for known in going:
            self.state.views.close(known.id)
            self.state.tell("views")
            if known.view["notify_on_close"]:
                payload = payloads.view_closed(member, known, is_cleared=whole)
                shown = outcome(await self.hub.deliver("interactive", payload))
        return shown
