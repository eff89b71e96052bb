"""One graph over three services, and what becomes of it when one of them is away."""

import json
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

from gateway.fixtures import StartGateway
from gateway.running import Gateway, World, codes
from support.polling import until

PERSON = """
query Person($id: ID!) {
  civilServant(id: $id) { fullName product { name } unit { name satisfaction } }
}
"""


def test_one_query_joins_three_services(gateway: Gateway) -> None:
    data = gateway.data(PERSON, id="cs_1")

    assert data == {
        "civilServant": {
            "fullName": "Nguyễn Thị Hạnh",
            "product": {"name": "product CB-01"},
            "unit": {"name": "Phường Nha Trang", "satisfaction": "0.92"},
        }
    }


def test_variables_and_vietnamese_text_pass_unchanged(gateway: Gateway) -> None:
    data = gateway.data(
        "mutation Rename($name: String!) { rename(name: $name) { id name } }",
        name="Đăng ký hộ tịch",
    )

    assert data == {"rename": {"id": "renamed", "name": "Đăng ký hộ tịch"}}


def test_no_name_of_a_field_means_anything_to_the_router(gateway: Gateway) -> None:
    data = gateway.data(
        "mutation Keep($thing: Suspicious!) { keep(thing: $thing) }",
        thing={"promise": "a", "then": "b", "arrayBuffer": "c", "createReadStream": "d"},
    )

    assert data == {"keep": "a b c d"}


def test_a_service_that_refuses_our_own_call_is_no_outage(
    start_gateway: StartGateway, world: World
) -> None:
    gateway = start_gateway(CONGVU_GATEWAY_SECRET="another secret than that of the services")

    response = gateway.post("{ answers }")

    assert codes(response) == ["INTERNAL"]
    assert world.subgraphs["feedback"].refused.pop() == "wrong signature"
    assert "the service refused the call itself: HTTP 401" in gateway.log.read_text()


def test_a_service_that_is_down_costs_only_its_own_fields(gateway: Gateway, world: World) -> None:
    feedback = world.subgraphs["feedback"]
    feedback.stop()
    try:
        response = gateway.post(PERSON, variables={"id": "cs_1"}, headers={"accept-language": "en"})
    finally:
        feedback.start()

    assert response.status_code == 200
    assert response.json() == {
        "data": {
            "civilServant": {
                "fullName": "Nguyễn Thị Hạnh",
                "product": {"name": "product CB-01"},
                "unit": {"name": "Phường Nha Trang", "satisfaction": None},
            }
        },
        "errors": [
            {
                "message": "Part of the platform does not answer at the moment; try again.",
                "path": ["civilServant", "unit"],
                "extensions": {
                    "code": "UNAVAILABLE",
                    "service": "feedback",
                    "ruleId": "NOT_REACHED",
                },
            }
        ],
    }


def test_the_other_services_answer_their_part_of_the_same_query(
    gateway: Gateway, world: World
) -> None:
    world.subgraphs["feedback"].stop()
    try:
        response = gateway.post('{ answers workProduct(id: "CB-01") { name } }')
    finally:
        world.subgraphs["feedback"].start()

    assert response.json()["data"] == {"answers": None, "workProduct": {"name": "product CB-01"}}
    assert codes(response) == ["UNAVAILABLE"]


def test_a_service_that_comes_back_is_used_again(gateway: Gateway, world: World) -> None:
    world.subgraphs["feedback"].stop()
    assert codes(gateway.post("{ answers }")) == ["UNAVAILABLE"]

    world.subgraphs["feedback"].start()

    # A circuit that its absence opened closes within a second of its word that it is ready.
    until(
        lambda: gateway.post("{ answers }").json() == {"data": {"answers": 40}},
        within_s=3,
        what="feedback is used again",
    )


def test_a_service_that_is_too_slow_is_given_up(strict_gateway: Gateway) -> None:
    response = strict_gateway.post("{ slow(seconds: 1) }")

    assert response.json()["data"] in (None, {"slow": None})
    assert codes(response) == ["UNAVAILABLE"]
    assert response.elapsed.total_seconds() < 0.9


def test_an_error_told_on_purpose_arrives_without_its_internals(gateway: Gateway) -> None:
    response = gateway.post("{ broken }")

    assert response.json()["data"] == {"broken": None}
    [error] = response.json()["errors"]
    assert (error["message"], error["path"]) == ("told on purpose", ["broken"])
    assert error["extensions"] == {"code": "CONFLICT", "service": "catalogue"}


def test_no_caller_gets_the_answer_to_another_one(gateway: Gateway, world: World) -> None:
    tokens = [world.issuer.token(sub=f"caller-{number}") for number in range(8)]
    together = threading.Barrier(len(tokens))

    def ask(token: str) -> str:
        together.wait()
        return str(gateway.data("{ whoami }", token=token)["whoami"])

    with ThreadPoolExecutor(len(tokens)) as pool:
        answers = list(pool.map(ask, tokens))

    assert answers == [f"Bearer {token}" for token in tokens]


def test_the_schema_can_be_explored(gateway: Gateway) -> None:
    data = gateway.data('{ __type(name: "CivilServant") { fields { name } } }')

    assert [field["name"] for field in data["__type"]["fields"]] == [
        "id",
        "fullName",
        "deputy",
        "product",
        "unit",
    ]


def test_callers_that_hang_up_do_no_harm(gateway: Gateway, world: World) -> None:
    def hang_up(_: int) -> None:
        body = b'{"query":"{ slow(seconds: 0.3) }"}'
        port = int(gateway.env["CONGVU_GATEWAY_PORT"])
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(
                b"POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                + f"content-length: {len(body)}\r\n\r\n".encode()
                + body
            )

    before = len(world.subgraphs["catalogue"].received)
    logged = gateway.log.read_text()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(hang_up, range(40)))

    if world.program == "node":  # The router may know that they are gone before it asks.
        until(
            lambda: len(world.subgraphs["catalogue"].received) > before,
            within_s=5,
            what="some of the calls reached the service",
        )
    assert gateway.data("{ answers }") == {"answers": 40}
    written = gateway.log.read_text().removeprefix(logged).splitlines()
    assert {json.loads(line)["level"] for line in written} <= {"info"}
