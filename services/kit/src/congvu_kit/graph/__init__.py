"""How every subgraph is made: a service's types, inputs and resolvers import only from here."""

from congvu_kit.graph import webhooks
from congvu_kit.graph.context import Context, Info
from congvu_kit.graph.enums import describe
from congvu_kit.graph.feeds import Change, payload_of
from congvu_kit.graph.inputs import KEY, REVISION, CommandInput, RevisedInput, ValueInput
from congvu_kit.graph.limits import LIMITS
from congvu_kit.graph.listings import found, listing
from congvu_kit.graph.mutations import mutation
from congvu_kit.graph.outputs import Shown, by_name
from congvu_kit.graph.paging import (
    After,
    Connection,
    Edge,
    First,
    PageInfo,
    awaited,
    connection,
    page_of_ids,
    page_size,
)
from congvu_kit.graph.personal import personal
from congvu_kit.graph.problems import Problem
from congvu_kit.graph.reads import PersonalRead, ReadChain, ReadEntry, shown_to
from congvu_kit.graph.rows import ROW, UnfitRow
from congvu_kit.graph.schema import make_schema
from congvu_kit.graph.sent import unquoted
from congvu_kit.graph.sizes import PAGED, at_most, costs, paged

__all__ = [
    "KEY",
    "LIMITS",
    "PAGED",
    "REVISION",
    "ROW",
    "After",
    "Change",
    "CommandInput",
    "Connection",
    "Context",
    "Edge",
    "First",
    "Info",
    "PageInfo",
    "PersonalRead",
    "Problem",
    "ReadChain",
    "ReadEntry",
    "RevisedInput",
    "Shown",
    "UnfitRow",
    "ValueInput",
    "at_most",
    "awaited",
    "by_name",
    "connection",
    "costs",
    "describe",
    "found",
    "listing",
    "make_schema",
    "mutation",
    "page_of_ids",
    "page_size",
    "paged",
    "payload_of",
    "personal",
    "shown_to",
    "unquoted",
    "webhooks",
]
