"""What the environment says is taken, handed on, or refused by name."""

from pathlib import Path

import pytest

from congvu_kit.domain.errors import Invalid
from congvu_kit.service.bad_settings import BadSettings
from congvu_local.settings import LocalSettings


def test_nothing_set_gives_the_documented_defaults() -> None:
    settings = LocalSettings.from_environment({"PATH": "/bin"})

    assert settings == LocalSettings(data_dir=Path("var"), ports={"gateway": 4000})


def test_what_is_set_reaches_the_part_it_is_for() -> None:
    settings = LocalSettings.from_environment(
        {
            "CONGVU_DATA_DIR": "/data",
            "CONGVU_GATEWAY_PORT": "4001",
            "CATALOGUE_PORT": "4101",
            "CONGVU_LOCAL_KAFKA_PORT": "9092",
            "CONGVU_LOG_LEVEL": "debug",
            "CONGVU_KAFKA_PARTITIONS": "3",
            "CONGVU_MAX_DEPTH": "20",
            "EVALUATION_RUN_WAIT_S": "5",
            "CONGVU_TEST_MONGO_URL": "mongodb://elsewhere",
        }
    )

    assert settings.data_dir == Path("/data")
    assert settings.ports == {"gateway": 4001, "catalogue": 4101, "broker": 9092}
    common = {
        "CONGVU_LOG_LEVEL": "debug",
        "CONGVU_KAFKA_PARTITIONS": "3",
        "CONGVU_MAX_DEPTH": "20",
    }
    assert settings.for_service("catalogue") == common
    assert settings.for_service("evaluation") == common | {"EVALUATION_RUN_WAIT_S": "5"}
    assert settings.for_gateway() == common


@pytest.mark.parametrize(
    ("name", "value"),
    [("CONGVU_GATEWAY_PORT", "many"), ("FEEDBACK_PORT", "65536"), ("CATALOGUE_PORT", "-1")],
)
def test_a_port_that_is_none_is_refused_by_the_name_of_its_variable(name: str, value: str) -> None:
    with pytest.raises(Invalid, match=f"^{name}: ") as raised:
        LocalSettings.from_environment({name: value})

    assert raised.value.field == name
    assert value not in f"{raised.value.vi} {raised.value}"


@pytest.mark.parametrize("name", ["CONGVU_JWKS_URL", "CONGVU_GATEWAY_SECRET", "CATALOGUE_URL"])
def test_what_the_profile_decides_cannot_be_set(name: str) -> None:
    with pytest.raises(Invalid, match=f"{name} is decided by the embedded profile"):
        LocalSettings.from_environment({name: "anything"})


def test_a_misspelt_name_is_refused() -> None:
    with pytest.raises(BadSettings, match="unknown environment variable: CONGVU_GATWAY_PORT"):
        LocalSettings.from_environment({"CONGVU_GATWAY_PORT": "4001"})
