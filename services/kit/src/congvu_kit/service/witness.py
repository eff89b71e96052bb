"""A witness: co-signs a log's checkpoints as long as each continues the one before, and keeps what
it saw where the log's operator cannot reach (https://c2sp.org/tlog-witness)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from congvu_kit.adapters.notes import BadNote, Cosigner, head_in, open_checkpoint
from congvu_kit.adapters.witnesses import PROOF_MAX, read_submission
from congvu_kit.domain.clock import Clock
from congvu_kit.domain.heads import Contradiction, Overtaken, SignedHeads, TreeHead

BODY_MAX = 64 * 1024


class Refused(Exception):
    """What the log is answered instead of a signature."""

    def __init__(self, status: int, body: str = "", media_type: str = "text/plain") -> None:
        super().__init__(body)
        self.answer = PlainTextResponse(body, status, media_type=media_type)


def _other_size(last: TreeHead) -> Refused:
    return Refused(409, f"{last.size}\n", "text/x.tlog.size")


@dataclass(frozen=True, kw_only=True)
class Witness:
    """`logs` are the verifier keys of the logs it watches, by origin: several while one takes
    another's place."""

    cosigner: Cosigner
    heads: SignedHeads
    logs: Mapping[str, Sequence[str]]
    clock: Clock

    def add_checkpoint(self, body: str) -> str:
        """The signature line, once the head is on disk; else raise `Refused`."""
        try:
            old_size, proof, note = read_submission(body)
            origin = head_in(note).origin
        except BadNote as exception:
            raise Refused(400, f"{exception}\n") from exception
        if origin not in self.logs:
            raise Refused(404, "a log this witness does not know\n")
        try:
            head = open_checkpoint(note, *self.logs[origin])
        except BadNote as exception:
            raise Refused(403, f"{exception}\n") from exception
        if old_size > head.size or len(proof) > PROOF_MAX:
            raise Refused(400, "old size or proof too large\n")
        self._continue(head, old_size, proof)
        return self.cosigner.cosign(note, int(self.clock.now().timestamp()))

    def _continue(self, head: TreeHead, old_size: int, proof: Sequence[str]) -> None:
        last = self.heads.last(head.origin)
        if old_size != last.size:
            raise _other_size(last)
        try:
            self.heads.advance(head, since=last, proof=proof)
        except Overtaken:
            raise _other_size(self.heads.last(head.origin)) from None
        except Contradiction as exception:
            if head.size == last.size:
                raise _other_size(last) from exception
            raise Refused(422, f"{exception}\n") from exception


def create_app(witness: Witness) -> Starlette:
    async def add_checkpoint(request: Request) -> Response:
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > BODY_MAX:
                return Response(status_code=413)
        try:
            text = body.decode()
            return PlainTextResponse(await run_in_threadpool(witness.add_checkpoint, text))
        except UnicodeDecodeError:
            return Response(status_code=400)
        except Refused as refused:
            return refused.answer

    async def livez(_: Request) -> Response:
        return PlainTextResponse(f"{witness.cosigner.verifier_key}\n")

    return Starlette(
        routes=[
            Route("/add-checkpoint", add_checkpoint, methods=["POST"]),
            Route("/livez", livez),
        ]
    )
