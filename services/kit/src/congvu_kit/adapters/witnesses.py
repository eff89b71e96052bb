"""What a log sends to a witness, and asking one (https://c2sp.org/tlog-witness)."""

import base64
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import httpx

from congvu_kit.adapters.notes import BadNote, VerifierKey, open_checkpoint
from congvu_kit.domain.heads import WitnessRefused

PROOF_MAX = 63
"""Lines, as the protocol has it: more than any tree needs."""

ANSWER_MAX_CHARS = 4096
TIMEOUT_S = 5.0
OLD = re.compile("old (0|[1-9][0-9]{0,18})")
HASH = re.compile("[A-Za-z0-9+/]{43}=")

Prove = Callable[[int], Awaitable[Sequence[str]]]
"""The consistency proof from a smaller size to the checkpoint's."""


def submission(old_size: int, proof: Sequence[str], note: str) -> str:
    lines = [base64.b64encode(bytes.fromhex(each)).decode() for each in proof]
    return "\n".join([f"old {old_size}", *lines, "", note])


def read_submission(body: str) -> tuple[int, list[str], str]:
    """Old size, proof and note; raise `BadNote` for what is none."""
    request, separator, note = body.partition("\n\n")
    first, *lines = request.split("\n")
    old = OLD.fullmatch(first)
    if not separator or old is None or not all(HASH.fullmatch(line) for line in lines):
        raise BadNote(
            vi="cần có số mục cũ, bằng chứng, dòng trống và mốc ký",
            en="an old size, a proof, an empty line and a checkpoint are expected",
        )
    return int(old[1]), [base64.b64decode(line).hex() for line in lines], note


@dataclass
class WitnessClient:
    """One witness, by its address and its verifier key; `seen` is the size it signed last, as far
    as this process knows."""

    url: str
    key: str
    seen: int = 0
    transport: httpx.AsyncBaseTransport | None = None

    @classmethod
    def read(cls, text: str) -> "WitnessClient":
        """From `URL KEY`; raise `BadNote`."""
        url, _, key = text.strip().partition(" ")
        if not url.startswith(("http://", "https://")):
            raise BadNote(
                vi="nhân chứng được ghi bằng địa chỉ và khóa kiểm tra",
                en="a witness is given as URL and verifier key",
            )
        VerifierKey.read(key)
        return cls(url.rstrip("/"), key.strip())

    @property
    def name(self) -> str:
        return VerifierKey.read(self.key).name

    def has_signed(self, note: str) -> bool:
        try:
            open_checkpoint(note, self.key)
        except BadNote:
            return False
        return True

    async def cosign(self, note: str, size: int, prove: Prove) -> str:
        """The witness's line for this checkpoint; raise `WitnessRefused`."""
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT_S, transport=self.transport) as client:
                answer = await self._ask(client, note, prove)
                if answer.status_code == httpx.codes.CONFLICT:
                    self.seen = _size(answer)
                    if self.seen > size:
                        raise WitnessRefused(f"it saw {self.seen} entries: this log was cut")
                    answer = await self._ask(client, note, prove)
        except httpx.HTTPError as exception:
            raise WitnessRefused(f"it does not answer: {exception!r}") from exception
        line = self._line_in(answer, note)
        self.seen = size
        return line

    async def _ask(self, client: httpx.AsyncClient, note: str, prove: Prove) -> httpx.Response:
        body = submission(self.seen, await prove(self.seen), note)
        return await client.post(f"{self.url}/add-checkpoint", content=body.encode())

    def _line_in(self, answer: httpx.Response, note: str) -> str:
        """Of this key only, and only a right one: nothing else of the answer is kept."""
        if answer.status_code != httpx.codes.OK or len(answer.text) > ANSWER_MAX_CHARS:
            raise WitnessRefused(f"it answers {answer.status_code}")
        for line in answer.text.splitlines(keepends=True):
            if self.has_signed(note + line):
                return line
        raise WitnessRefused("it answers without a signature of its key")


def _size(answer: httpx.Response) -> int:
    text = answer.text.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(1 << 63))):
        raise WitnessRefused("it answers 409 without a size")
    return int(text)
