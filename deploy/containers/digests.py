"""`python -m deploy.containers.digests [ENGINE]` (`make digests`): pins every image of others to
the digest that its tag has in the registry now, wherever deploy/ names it; again, it renews them.
With `--check` in the engine's place it only tells whether all files agree.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

NAMED = re.compile(
    r"^(?P<before>\s*(?:- )?image: |FROM )"
    r"(?P<image>(?!congvu/)[\w./-]+:[\w.-]+)(?P<digest>@sha256:[0-9a-f]{64})?",
    re.MULTILINE,
)
"""What follows `FROM` without a tag is a stage of the file itself."""

DIGEST = re.compile(r"@(sha256:[0-9a-f]{64})$")

DigestOf = Callable[[str], str]


class NoDigest(Exception):
    """The engine could not pull an image, or knows no digest of it."""


def files(root: Path = ROOT) -> list[Path]:
    deploy = root / "deploy"
    return sorted(
        [
            deploy / "Dockerfile",
            *deploy.glob("compose*.yaml"),
            *deploy.glob("kubernetes/**/*.yaml"),
        ]
    )


def named(texts: Iterable[str]) -> dict[str, set[str]]:
    """Each image with the digests it is pinned to; an empty one where it is not."""
    found: dict[str, set[str]] = {}
    for text in texts:
        for each in NAMED.finditer(text):
            found.setdefault(each["image"], set()).add(each["digest"] or "")
    return found


def disagreements(texts: Iterable[str]) -> list[str]:
    """One image is the same everywhere: pinned to one digest, or by its tag alone."""
    return [
        f"{image} is pinned in one file and not, or to something else, in another"
        for image, digests in sorted(named(texts).items())
        if len(digests) > 1
    ]


def pinned(text: str, digests: Mapping[str, str]) -> str:
    return NAMED.sub(lambda at: f"{at['before']}{at['image']}@{digests[at['image']]}", text)


def pulled(engine: str) -> DigestOf:
    """Asks the registry by way of the engine: what it pulled is what it would run."""

    def digest_of(image: str) -> str:
        full = image if image.count("/") > 1 else f"docker.io/{image}"
        _run(engine, "pull", "--quiet", full)
        told = _run(engine, "image", "inspect", "--format", "{{json .RepoDigests}}", full)
        repository = image.partition(":")[0]
        for each in json.loads(told) or []:
            found = DIGEST.search(each)
            if found and each.partition("@")[0].endswith(repository):
                return found[1]
        raise NoDigest(f"{engine} knows no digest of {image}")

    return digest_of


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NoDigest(f"{' '.join(command[:2])} failed for {command[-1]}: {done.stderr.strip()}")
    return done.stdout


def pin(root: Path, digest_of: DigestOf) -> dict[str, str]:
    """Every file, or none: raise `NoDigest` before anything is written."""
    texts = {path: path.read_text() for path in files(root)}
    digests = {image: digest_of(image) for image in sorted(named(texts.values()))}
    for path, text in texts.items():
        path.write_text(pinned(text, digests))
    return digests


def check() -> int:
    found = disagreements(each.read_text() for each in files())
    for each in found:
        sys.stderr.write(f"{each}\n")
    return 1 if found else 0


def main(arguments: list[str]) -> int:
    engine = arguments[0] if arguments else "docker"
    if engine == "--check":
        return check()
    try:
        digests = pin(ROOT, pulled(engine))
    except NoDigest as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for image, digest in digests.items():
        sys.stdout.write(f"{image:40} {digest}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
