"""Sizes of lists that are computed: no rule of ours makes a longer one."""

BANDS_MAX = 20
"""Bands of a policy, and the count of all."""

SWITCHES_MAX = 10
PINS_MAX = 100
REASONS_MAX = 50
CONSEQUENCES_MAX = 5
"""Pay rules, and proposals, of a policy."""

COMPONENTS_MAX = 50

CHILDREN_MAX = 200
"""Parts of one line of an explanation: a line for each piece of work (`ASSIGNMENTS_MAX`)."""

INPUTS_MAX = 40

LINES_MAX = 2_000
"""Lines of a whole explanation: seven for each piece of work under the decree, and a few more."""

AGENCIES_MAX = 1_000
"""Agencies of one province."""

SCOPES_MAX = 1_000
"""Units and duty groups of one agency."""

TIES_MAX = 1_000
"""People of one agency whose totals are equal at the cut."""

SUBPERIODS_MAX = 12

ENTRIES_MAX = 100

STAGES_MAX = 12
"""Stages of a policy."""
