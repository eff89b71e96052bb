"""The road of one fact, as a line of a policy's page."""

from dataclasses import dataclass, replace

from congvu_scoring.common.bilingual import Bilingual


@dataclass(frozen=True)
class Road:
    """`carried_by` is the object of the graph, `calls` are the mutations of its road."""

    fact: str
    carried_by: str
    calls: tuple[str, ...]
    entered: Bilingual
    confirmed: Bilingual
    until: Bilingual

    def in_stages(self) -> "Road":
        return replace(
            self,
            calls=(
                "selfAssess",
                "scoreGeneralCriteria",
                "passStage",
                "delegateStage",
                "decideAppeal",
            ),
            entered=Bilingual(
                "từng bước một, mỗi bước giữ số liệu riêng",
                "stage by stage, each keeps its own figures",
            ),
            confirmed=Bilingual(
                "người của bước sau, không ai làm hai bước; công bố, kiến nghị do người chưa "
                "tham gia quyết định",
                "whoever has the next stage, nobody two of them; published, an appeal is decided "
                "by who took no part",
            ),
            until=Bilingual(
                "23:59 ngày cuối của bước; sau đó bước bị khóa, lỗi của người chậm",
                "23:59 of the stage's last day; then it is locked, the fault of whoever was late",
            ),
        )
