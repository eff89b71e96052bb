"""Fetches the chains of who read personal data, and verifies them here, not there."""

from collections.abc import Callable, Iterator

import typer

from congvu_kit.domain.reads import ChainFinding, ToldEntry, chain_findings, opened_chains
from congvu_kit.tools.client import GATEWAY, Gateway, Token, Url, progress
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.speech import said

SERVICES = ("evaluation", "feedback")
"""Those that show personal data, as the names of their queries begin."""

CHAINS = """
query ReadChains($after: String) {
  chains: %sReadChains(first: 50, after: $after) {
    edges { node { id length head } }
    pageInfo { hasNextPage endCursor }
  }
}"""

ENTRIES = """
query ReadEntries($chain: ID!, $after: String) {
  entries: %sReadEntries(chainId: $chain, first: 100, after: $after) {
    edges { node { text hash } }
    pageInfo { hasNextPage endCursor }
  }
}"""


def verify_reads(url: Url = GATEWAY, token: Token = "") -> None:
    """Verify that no entry of who read personal data is missing or changed (role auditor)."""
    with (
        Gateway(url, token) as gateway,
        progress(said(vi="đang đọc", en="reading the chains")) as advance,
    ):
        typer.echo(summary(gateway, advance))


def summary(gateway: Gateway, advance: Callable[[int], None]) -> str:
    """Say that all is whole, or raise `Failure` after naming each finding."""
    findings: list[str] = []
    entries = 0
    for service in SERVICES:
        for found, read in _verified(gateway, service):
            findings += [said(vi=each.vi, en=each.en) for each in found]
            entries += read
            advance(read)
    for finding in findings:
        typer.echo(finding, err=True)
    if findings:
        raise Failure(
            vi=f"Sổ ghi người đọc không toàn vẹn: {len(findings)} chỗ.",
            en=f"the record of reads is broken: {len(findings)} findings",
        )
    return said(
        vi=f"Sổ ghi người đọc toàn vẹn: {entries} mục.",
        en=f"the record of reads is whole: {entries} entries",
    )


def _verified(gateway: Gateway, service: str) -> Iterator[tuple[list[ChainFinding], int]]:
    """For each chain what is wrong with it, and how many entries it has."""
    there, told = set[str](), set[str]()
    for chain in gateway.pages(CHAINS % service, "chains", {}):
        nodes = gateway.pages(ENTRIES % service, "entries", {"chain": chain["id"]})
        entries = [ToldEntry(text=node["text"], hash=node["hash"]) for node in nodes]
        there.add(chain["id"])
        told |= opened_chains(chain["id"], entries)
        yield chain_findings(chain["id"], chain["length"], chain["head"], entries), len(entries)
    roots = {chain.partition("-")[0] for chain in told | there}
    missing = (told | roots) - there
    gone = [
        ChainFinding(
            vi=f"chuỗi {id}: đã từng mở, nay không còn",
            en=f"chain {id}: it was opened, and is missing",
        )
        for id in sorted(missing)
    ]
    yield gone, 0
    untold = there - told - roots
    unknown = [
        ChainFinding(
            vi=f"chuỗi {id}: không mục nào ghi việc mở chuỗi",
            en=f"chain {id}: nothing tells that it was opened",
        )
        for id in sorted(untold)
    ]
    yield unknown, 0
