"""`python -m gateway.replica PORT`: one of several catalogues, ending as services do."""

import sys

from congvu_kit.service.serving import listen
from gateway.running import SECRET
from gateway.subgraphs import Subgraph

DRAIN_S = 2.0


def main() -> None:
    replica = Subgraph("catalogue", int(sys.argv[1]), SECRET)
    listen(
        replica.app(),
        host="127.0.0.1",
        port=replica.port,
        ending=replica.ending,
        drain_s=DRAIN_S,
    )


if __name__ == "__main__":
    main()
