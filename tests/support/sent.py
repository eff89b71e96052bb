"""What the driver sends to the database, counted."""

from collections.abc import Sequence

import pytest
from pymongo.monitoring import CommandListener, CommandStartedEvent

from congvu_kit.adapters.mongo import MongoUnitOfWork
from congvu_kit.adapters.subscriptions import AnySubscription, Subscription
from congvu_kit.application.ports import UnitOfWork


class Sent(CommandListener):
    """The commands since they were last taken: each with its collection."""

    def __init__(self) -> None:
        self._commands: list[str] = []

    def started(self, event: CommandStartedEvent) -> None:
        self._commands.append(f"{event.command_name} {event.command.get(event.command_name)}")

    def succeeded(self, event: object) -> None:
        """Of no interest."""

    def failed(self, event: object) -> None:
        """Of no interest."""

    def take(self) -> list[str]:
        taken, self._commands = self._commands, []
        return taken


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    listener = Sent()
    monkeypatch.setattr("congvu_kit.adapters.mongo.listeners", lambda: [listener])
    return listener


@pytest.fixture
def heard_uow(sent: Sent, request: pytest.FixtureRequest) -> MongoUnitOfWork:
    """The real store, whose commands are `sent`."""
    made: MongoUnitOfWork = request.getfixturevalue("mongo_uow")
    return made


async def take_effect(
    uow: UnitOfWork,
    subscriptions: Sequence[AnySubscription],
    event_type: str,
    facts: Sequence[object],
) -> None:
    """Events of one type in one transaction, as consumers have them take effect."""
    [subscription] = [each for each in subscriptions if each.event_type == event_type]
    assert isinstance(subscription, Subscription)
    async with uow.begin() as tx:
        react = await subscription.for_many(facts, tx)
        for fact in facts:
            await react(fact, tx)
