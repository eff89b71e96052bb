"""Who may be told by webhook of what evaluation publishes."""

from evaluation.people import PORTAL
from support.callers import elsewhere
from support.webhooks import cases

CASES = cases("Evaluation", PORTAL, (elsewhere(province="01"), elsewhere(province=None)))
