"""Private texts of one request, read in one batch. Callers check first who may read."""

from feedback_service.adapters.graphql.context import Info


async def private_text(info: Info, owner: str) -> dict[str, str]:
    """What was sealed for this owner; empty after an erasure."""
    private = info.context.office.private

    async def load(owners: list[str]) -> list[dict[str, str]]:
        return await private.read_many(info.context.reading(), owners)

    return await info.context.loader("private text by owner", load).load(owner)
