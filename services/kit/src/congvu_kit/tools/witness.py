"""`congvu witness`: co-signs a public log from a machine of somebody else's."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from congvu_kit.adapters.head_memory import HeadMemory
from congvu_kit.adapters.key_files import create_signing_key, read_signing_key
from congvu_kit.adapters.notes import Cosigner, VerifierKey
from congvu_kit.domain.clock import SystemClock

KEY_FILE = "witness.pem"

app = typer.Typer(
    no_args_is_help=True, help="Co-sign a public log, as somebody whom its operator cannot command."
)

Folder = Annotated[Path, typer.Argument(help="Where its key and what it saw are kept.")]
Name = Annotated[str, typer.Option(help="The witness's name, without spaces or plus signs.")]


def cosigner_in(folder: Path, name: str) -> Cosigner:
    """Its key is made at the first call."""
    create_signing_key(folder / KEY_FILE)
    return Cosigner(name, read_signing_key(folder / KEY_FILE))


@app.command("key")
def show_key(folder: Folder, name: Name) -> None:
    """Make the key where it is missing; print the verifier key that others need."""
    typer.echo(cosigner_in(folder, name).verifier_key)


@app.command("serve")
def serve(
    folder: Folder,
    name: Name,
    log: Annotated[list[str], typer.Option(help="A log's verifier key; may be repeated.")],
    host: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Where to listen.")] = 4198,
) -> None:
    """Take checkpoints and answer with a signature, as long as each continues the one before."""
    import structlog
    import uvicorn

    from congvu_kit.adapters.logs import configure
    from congvu_kit.service.witness import Witness, create_app

    cosigner = cosigner_in(folder, name)
    witness = Witness(
        cosigner=cosigner,
        heads=HeadMemory(folder),
        logs=_by_origin(log),
        clock=SystemClock(),
    )
    configure("witness")
    structlog.get_logger(__name__).info("serving", verifier_key=cosigner.verifier_key)
    uvicorn.run(create_app(witness), host=host, port=port, log_config=None, access_log=False)


def _by_origin(keys: Sequence[str]) -> dict[str, list[str]]:
    names = [VerifierKey.read(each).name for each in keys]
    return {
        name: [key for key, other in zip(keys, names, strict=True) if other == name]
        for name in names
    }


if __name__ == "__main__":
    app()
