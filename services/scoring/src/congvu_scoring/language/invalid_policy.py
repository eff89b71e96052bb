"""A policy that cannot be used, with everything that is wrong with it."""

from collections.abc import Sequence

from congvu_kit.domain.errors import Invalid


class InvalidPolicy(Invalid):
    """`faults` holds every error; the message joins them, field and rule are the first one's."""

    def __init__(self, faults: Sequence[Invalid], file: str = "") -> None:
        start = f"{file}: " if file else ""
        self.faults = tuple(
            Invalid(
                en=f"{start}{fault.en}",
                vi=f"{start}{fault.vi}.",
                field=fault.field,
                rule_id=fault.rule_id,
            )
            for fault in faults
        )
        super().__init__(
            en="\n".join(fault.en for fault in self.faults),
            vi="\n".join(fault.vi for fault in self.faults),
            field=self.faults[0].field,
            rule_id=self.faults[0].rule_id,
        )
