"""What can go wrong, each a scenario."""

from congvu_faults.running import Scenario
from congvu_faults.scenarios import away, disks, ending, keys, kills, others, overload, silence
from congvu_faults.scenarios.proofs import proved_by

SCENARIOS = (
    Scenario("kills", "every part is killed with -9, at random, under load", kills.at_random),
    Scenario("points", "services die between two things that belong together", kills.at_points),
    Scenario("keys", "one key at once, after a restart and a day later", keys.one_effect),
    Scenario("broker", "the broker refuses, then is silent", away.broker),
    Scenario("database", "the database is cut off, mute and killed", away.database),
    Scenario("silence", "a service is silent to the gateway", silence.silent_service),
    Scenario("rolling", "SIGTERM to each of two replicas under load", ending.rolled),
    Scenario("twice", "one of two of everything is killed", ending.one_of_two),
    Scenario("slow", "a consumer sleeps while events go on", others.slow_consumer),
    Scenario("overload", "ten times as many come as can be served", overload.ten_times),
    Scenario("clocks", "one of two replicas is an hour ahead", others.clocks_apart),
    Scenario("disk", "no byte is free under everything that is written", disks.full),
    Scenario("eio", "the database's disk fails once", disks.fails_once),
    Scenario(
        "disorder",
        "facts come again and again in any order",
        proved_by(
            "tests/evaluation/test_copies.py",
            "tests/feedback/test_told.py",
            longer={"CONGVU_TEST_DISORDER_EXAMPLES": "1000"},
        ),
    ),
    Scenario(
        "poison",
        "bad events of every kind among good ones, then redriven",
        proved_by("tests/kit/test_poison.py"),
    ),
    Scenario(
        "replay",
        "a new group reads a long log again",
        proved_by("tests/kit/test_replay.py", longer={"CONGVU_TEST_REPLAY_EVENTS": "100000"}),
    ),
)
