"""What the pages ask of the graph: one registered document a page.

A page that is about a period needs to know which there are: `PERIODS`, kept like a page.
"""

TREND = 6
"""Periods of which a unit's page shows the index."""

_INDEX = """
fragment Index on SatisfactionIndex {
  state index intervalLow intervalHigh satisfied answers minimum underReview setAside anomalies
  coverage { part whole share }
  answeredInTime { part whole share }
  confirmed { part whole share }
  computedAt logSequence
}
"""

_PROMISE = """
fragment Promise on Commitment {
  id kind state assessedOn
  promisedBy { name office }
  unit { id name province }
  current { number text target due publishedOn }
  rating { count minimum share }
  progress { on note }
  milestones { number reached { on } }
}
"""

PERIODS = """
query PublicPeriods($province: String!) {
  evaluationPeriods(filter: { province: $province }, first: 50) {
    edges { node { id name kind state startsOn endsOn publishedAt } }
  }
}
"""

PROVINCE = (
    """
query PublicProvince($province: String!, $after: String, $periodId: ID!, $measured: Boolean!) {
  orgUnits(province: $province, first: 50, after: $after) {
    edges {
      node {
        id name level validTo
        parent { id name }
        satisfaction(periodId: $periodId) @include(if: $measured) { ...Index }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""
    + _INDEX
)

_TREND_VARIABLES = ", ".join(f"$p{n}: ID!, $h{n}: Boolean!" for n in range(TREND))
_TREND_FIELDS = "\n    ".join(
    f"p{n}: satisfaction(periodId: $p{n}) @include(if: $h{n}) {{ ...Index }}" for n in range(TREND)
)

_PARTS = "edges { node { value satisfied answers population offered state index } }"

UNIT = f"""
query PublicUnit($unitId: ID!, {_TREND_VARIABLES}) {{
  orgUnit(id: $unitId) {{
    id code name level province validFrom validTo
    parent {{ id name }}
    {_TREND_FIELDS}
    made: satisfaction(periodId: $p0) @include(if: $h0) {{
      offered
      procedures: parts(by: PROCEDURE, first: 20) {{ {_PARTS} }}
      channels: parts(by: CHANNEL, first: 10) {{ {_PARTS} }}
      drivers: parts(by: DRIVER, first: 10) {{ {_PARTS} }}
      serviceIndex {{ points outOf missing parts {{ part points outOf }} }}
    }}
  }}
  commitments(filter: {{ unitId: $unitId }}, first: 15) {{
    edges {{ node {{ ...Promise }} }}
    pageInfo {{ hasNextPage }}
  }}
  complaintOverview(unitId: $unitId) {{ states {{ state count }} answered halfWithin mostWithin }}
}}
{_INDEX}{_PROMISE}
"""

COMMITMENTS = (
    """
query PublicCommitments($province: String!, $after: String) {
  commitments(filter: { province: $province }, first: 30, after: $after) {
    edges { node { ...Promise } }
    pageInfo { hasNextPage endCursor }
  }
}
"""
    + _PROMISE
)

COMMITMENT = """
query PublicCommitment($id: ID!) {
  commitment(id: $id) {
    id kind state found assessment assessedOn
    promisedBy { name office }
    unit { id name province }
    milestones { number text due reached { on note evidence logSequence } }
    versions {
      number text target due beneficiaries milestones publishedOn reason logSequence
    }
    progress { on note percent evidence logSequence }
    rating { count minimum share scores verdict intervalLow intervalHigh contented { part whole } }
  }
}
"""

PERIOD = """
query PublicPeriod($id: ID!) {
  evaluationPeriod(id: $id) {
    id name kind state province startsOn endsOn minimumAnswers
    frozenAt publishedAt appealsUntil
    scopeUnit { id name }
    staffPolicy { policy hash }
    deputyPolicy { policy hash }
    leaderPolicy { policy hash }
    unitPolicy { policy hash }
    seal { number hash root signer sealedAt counts { band count } }
  }
}
"""

ENTRY = """
query PublicEntry($sequence: Int, $subject: ID) {
  logProof(sequence: $sequence, subject: $subject) {
    mergedBy
    entry { sequence type by subject at hash receipt fields { name value hiddenBy } }
  }
  inclusionProof(sequence: $sequence, subject: $subject)
  publicLogHead { origin verifierKey size }
}
"""

RECEIPT = """
query PublicComplaint($receipt: String!) {
  complaintByReceipt(receipt: $receipt) {
    state unit { id name province } filedOn answerBy dueOn disputeUntil reopenUntil closedOn basis
  }
}
"""
"""Where a complaint stands, by the receipt of any of its entries."""

STORY = """
query PublicStory($subject: String!, $after: String) {
  publicLog(subject: $subject, first: 50, after: $after) {
    edges { node { sequence type by at fields { name value hiddenBy } } }
    pageInfo { hasNextPage endCursor }
  }
}
"""
"""All that the log says of one complaint, promise or unit, in order."""

MINE = """
query MyPages($civilServantId: ID, $mine: Boolean!) {
  evaluations(filter: { civilServantId: $civilServantId }, first: 20) @include(if: $mine) {
    edges {
      node {
        id state outcome totalDisplay band
        unit { name }
        period { id name startsOn endsOn state appealsUntil }
      }
    }
  }
  inbox { counts { kind count late } complaintCounts { task count late } }
}
"""

RESULT = """
query MyResult($id: ID!, $civilServantId: ID!, $mine: Boolean!) {
  evaluation(id: $id) {
    id state outcome totalDisplay countedTotal band rawBand reasons resultHash
    trouble { textVi textEn }
    civilServant { id fullName }
    unit { name }
    period { id name startsOn endsOn state appealsUntil }
    nextBand { band threshold strictly missing heldBy }
    explanation { lines { depth clause textVi textEn value points facts } }
  }
  civilServantReads(civilServantId: $civilServantId, first: 20) @include(if: $mine) {
    edges { node { at account readerId roles unitId purpose fields } }
  }
}
"""

NAMES = """
query MyProducts($id: ID!, $after: String) {
  evaluation(id: $id) {
    assignments(first: 100, after: $after) {
      edges { node { version { id nameVi nameEn } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""
"""What the products are called that an explanation names by their versions."""

FORM = """
query MyForm($id: ID!) { evaluation(id: $id) { printable } }
"""

WAITING = """
query MyWaiting($kind: InboxKind!, $after: String) {
  inbox {
    items(kind: $kind, first: 20, after: $after) {
      edges {
        node {
          kind subjectId dueOn since
          civilServant { fullName }
          unit { name }
          assignment { version { nameVi nameEn } }
          period { name }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""
