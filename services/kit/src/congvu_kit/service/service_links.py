"""What Kubernetes puts into a container's environment for each Service of its namespace.

A Service `catalogue` becomes `CATALOGUE_PORT=tcp://10.0.0.7:4101`, `CATALOGUE_SERVICE_HOST` and
more: names that look like settings of ours, and that nobody wrote.
"""

import re
from collections.abc import Mapping

_HOST = "_SERVICE_HOST"
_ADDRESS = re.compile(r"(tcp|udp|sctp)://")
_MORE = re.compile(
    r"SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?", re.ASCII
)


def without_service_links(environ: Mapping[str, str]) -> dict[str, str]:
    """What somebody set. `X_PORT` is a link when its value is one: who says a port keeps it."""
    services = [
        f"{name.removesuffix(_HOST)}_"
        for name in environ
        if name.endswith(_HOST) and f"{name.removesuffix(_HOST)}_SERVICE_PORT" in environ
    ]
    return {
        name: value
        for name, value in environ.items()
        if not any(
            name.startswith(service) and _is_link(name.removeprefix(service), value)
            for service in services
        )
    }


def _is_link(rest: str, value: str) -> bool:
    return bool(_MORE.fullmatch(rest) or (rest == "PORT" and _ADDRESS.match(value)))
