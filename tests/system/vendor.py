"""What the stories of the clients find on the platform: a commune's own procedure in force, and a
token for everybody whose program speaks."""

from dataclasses import dataclass
from typing import Any

from congvu_demo.acts import catalogue
from congvu_demo.acts.world import World
from congvu_demo.cast import Cast
from congvu_demo.client import Caller, Gateway
from congvu_demo.dataset import dataset
from congvu_kit.domain.actor import Role
from system.telling import Told

PROCEDURE = "1.001193"
PLANNED = "B.56.VB.01"
"""Of the province's list; anybody is assigned it."""


@dataclass(frozen=True)
class Vendor:
    """`number` is that of the commune, which no other story has."""

    told: Told
    number: int

    @property
    def commune(self) -> str:
        return f"H32.31.{self.number}"

    @property
    def office(self) -> str:
        return f"{self.commune}.01"

    @property
    def served(self) -> str:
        """What the clerk does for citizens."""
        return f"C.56.31{self.number}.{PROCEDURE}"

    def person(self, post: str) -> str:
        return f"CL{self.number}-{post}"

    def token(self, role: Role, post: str | None = None) -> str:
        """Of a system, or of somebody of the commune."""
        data = dataset()
        if post is None:
            subject = f"{role.value}.clients-{self.number}"
            return self.told.platform.token_for(role, province=data.province, subject=subject)
        return self.told.platform.token_for(
            role,
            province=data.province,
            unit=data.unit_id(self.office if post == "head" else self.commune),
            officer=data.civil_servant_id(self.person(post)),
        )

    def personnel(self) -> dict[str, Any]:
        """What the personnel system knows, as it would be sent."""
        since, data = "2025-07-01", dataset()

        def ref(id: str) -> dict[str, str]:
            return {"system": data.system, "id": id}

        def unit(id: str, name: str, level: str, parent: str) -> dict[str, Any]:
            return {
                "externalRef": ref(id), "code": id, "name": name, "level": level,
                "province": data.province, "parentRef": ref(parent), "localityType": "RURAL",
                "validFrom": since,
            }  # fmt: skip

        def person(post: str, unit: str, position: str, role: str) -> dict[str, Any]:
            held = {"unitRef": ref(unit), "positionCode": position, "role": role}
            return {
                "externalRef": ref(self.person(post)), "fullName": f"Người mẫu {post}",
                "province": data.province, "appointments": [{**held, "validFrom": since}],
            }  # fmt: skip

        commune = f"Ủy ban nhân dân xã Mẫu {self.number}"
        return {
            "idempotencyKey": f"clients/{self.number}",
            "units": [
                unit(self.commune, commune, "COMMUNE", "H32"),
                unit(self.office, f"Văn phòng xã Mẫu {self.number}", "DEPARTMENT", self.commune),
            ],
            "people": [
                person("dean", self.commune, "LD.01", "HEAD"),
                person("head", self.office, "LD.03", "HEAD"),
                person("clerk", self.office, "TP.01", "STAFF"),
            ],
        }

    async def own_procedure(self) -> str:
        """Drafted, appraised, approved and in force; the release's id. The commune is known."""
        async with Gateway(self.told.platform.base_url, patience_s=60) as gateway:
            data = dataset()
            world = World(gateway, Cast(data, self.told.platform.token_for), data)
            sample = next(each for each in data.products if each["procedure_code"] == PROCEDURE)
            product = {**sample, "code": self.served}
            editor = Caller("editor", self.token(Role.CATALOGUE_EDITOR, "clerk"))
            head = Caller("dean", self.token(Role.UNIT_HEAD, "dean"))
            unit, key = data.unit_id(self.commune), f"clients/{self.number}"
            drafted = await catalogue.draft(world, editor, product, unit, f"{key}/draft")
            versions = [catalogue.Version(drafted["id"], drafted["revision"])]
            approved = await catalogue.judged(world, editor, head, versions, key)
            release = await catalogue.publish(world, head, approved, "9-QĐ/UBND", f"{key}/C")
            return str(release["id"])
