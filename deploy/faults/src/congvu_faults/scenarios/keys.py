"""One key is one effect: sent fifty times at once, after a restart, and a day later."""

import asyncio
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import anyio.to_thread

from congvu_demo.client import Caller, Gateway, Refused
from congvu_demo.dataset import dataset
from congvu_faults import clocks
from congvu_faults.figures import Figure
from congvu_faults.ground import Ground, Plan
from congvu_faults.oracle import Oracle
from congvu_faults.running import Trial, on
from congvu_kit.domain.actor import Role

AT_ONCE = 50
DAY_S = 24 * 3600
PARTS = ("database", "issuer", "witness", "feedback", "evaluation", "catalogue", "gateway")


class Keys:
    """One portal and another send the same key."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._key = f"K.{uuid.uuid4().hex}"
        self.ahead_s = 0

    def _portal(self, name: str) -> Caller:
        data = dataset()
        token = self._ground.issuer.token(
            Role.SERVICE_PORTAL, province=data.province, subject=name, ahead_s=self.ahead_s
        )
        return Caller(name, token)

    def _asked(self, text: str) -> Mapping[str, object]:
        data = dataset()
        return {
            "idempotencyKey": self._key,
            "unitId": data.unit_id(data.commune),
            "kind": "PRAISE",
            "text": text,
            "submitterToken": "nguoi-gui",
        }

    async def send(
        self, portal: str = "portal.h32", text: str = "Cảm ơn", times: int = 1
    ) -> list[Any]:
        """The answers, or the codes of refusals."""
        caller = self._portal(portal)
        async with Gateway(self._ground.base_url, patience_s=30) as gateway:

            async def one() -> str:
                try:
                    answer = await gateway.do(
                        caller, "submitSuggestion", self._asked(text), "Submission { id receipt }"
                    )
                except Refused as refused:
                    return refused.code
                return str(sorted(answer.items()))

            return await asyncio.gather(*(one() for _ in range(times)))


async def one_effect(trial: Trial) -> Sequence[Figure]:
    figures = []
    async with on(trial, Plan()) as ground:
        keys = Keys(ground)
        oracle = Oracle(ground)
        answers = await keys.send(times=AT_ONCE)
        [other_body] = await keys.send(text="Khác")
        [another] = await keys.send(portal="portal.khac")
        first = answers[0]
        figures += [
            Figure(
                what=f"different answers to {AT_ONCE} at once", value=len(set(answers)), bound=1
            ),
            Figure(
                what="another body refused",
                value=other_body == "IDEMPOTENCY_MISMATCH",
                bound=1,
                at_least=True,
            ),
            Figure(
                what="another caller's own record",
                value=another not in answers,
                bound=1,
                at_least=True,
            ),
            Figure(what="records of both callers", value=oracle.new("feedback"), bound=2),
        ]
        for part in PARTS:
            await anyio.to_thread.run_sync(ground.restart, part)
        figures += await _again(keys, first, "after a restart")
        if trial.long:
            for part in PARTS:
                ground.told(part, clocks.shifted(DAY_S + 60))
            for part in PARTS:
                await anyio.to_thread.run_sync(ground.restart, part)
            keys.ahead_s = DAY_S + 60
            figures += await _again(keys, first, "a day later")
        figures.append(Figure(what="records in the end", value=oracle.new("feedback"), bound=2))
    return figures


async def _again(keys: Keys, first: str, when: str) -> list[Figure]:
    [same], [other] = await keys.send(), await keys.send(text="Khác")
    return [
        Figure(what=f"the same answer {when}", value=same == first, bound=1, at_least=True),
        Figure(
            what=f"another body refused {when}",
            value=other == "IDEMPOTENCY_MISMATCH",
            bound=1,
            at_least=True,
        ),
    ]
