"""What the playground offers to ask: one document each, in the order of a newcomer's questions."""

from congvu_demo.acts.period import WHY

__all__ = ["WHY"]

ME = """query Me {
  me { subject roles province unit { name } civilServant { fullName } }
}"""

MY_WORK = """query MyWork($officer: ID!, $period: ID!) {
  assignments(filter: { civilServantId: $officer, periodId: $period }, first: 50) {
    edges { node { state assigned completed late version { code workProduct { nameVi } } } }
  }
}"""

RANKING = """query Ranking($period: ID!) {
  evaluations(filter: { periodId: $period }, first: 50) {
    edges { node { totalDisplay band rawBand dutyGroup civilServant { fullName } } }
  }
}"""

FIGURES = """query Figures($period: ID!) {
  periodFigures(periodId: $period) {
    whole { unit { name } people notEvaluable bands { band count } }
    parts { edges { node { unit { name } withheld people bands { band count } } } }
    appeals { state count }
    corrected
  }
}"""

CATALOGUE = """query Catalogue {
  workProducts(filter: { province: "56", text: "khai sinh" }, first: 5) {
    edges { node { code nameVi group version { number coefficient effectiveFrom } } }
    pageInfo { hasNextPage endCursor }
  }
}"""

SATISFACTION = """query Satisfaction($unit: ID!, $period: ID!) {
  orgUnit(id: $unit) {
    name
    satisfaction(periodId: $period) { index answers minimum state intervalLow intervalHigh }
  }
}"""

PUBLIC_LOG = """query PublicLog {
  publicLogHead { size root }
  publicLog(first: 3) { edges { node { sequence type at hash } } }
}"""

TREE = """query Units($commune: ID!) {
  orgUnit(id: $commune) {
    name
    children(first: 20) { edges { node { code name } } }
  }
}"""

CHANGES = """query Changes {
  evaluationChanges(first: 5) {
    edges { node { eventType province at } }
    pageInfo { hasNextPage endCursor }
  }
}"""

INBOX = """query Inbox {
  inbox { counts { kind count } complaintCounts { task count } }
}"""

READINESS = """query Readiness($period: ID!) {
  periodReadiness(periodId: $period) {
    ready
    counts { kind count }
    gaps(first: 10) { edges { node { textVi todoVi unit { name } civilServant { fullName } } } }
  }
}"""

CASES = """query Cases($period: ID!) {
  triggerCases(periodId: $period, first: 20) {
    edges { node { id rule state dueOn civilServant { fullName } } }
  }
}"""

SYNC = """mutation Sync($input: SyncPersonnelInput!) {
  syncPersonnel(input: $input) {
    ... on SyncReport { changed unchanged refused results { row id changed } }
    ... on Problem { code message field ruleId }
  }
}"""

ASSIGN = """mutation Assign($input: AssignWorkInput!) {
  assignWork(input: $input) {
    ... on Assignment { id state assigned dueOn version { workProduct { nameVi } } }
    ... on Problem { code message field ruleId }
  }
}"""

PROPOSE = """mutation Propose($input: ProposeWorkInput!) {
  proposeWork(input: $input) {
    ... on Assignment { id state assigned dueOn }
    ... on Problem { code message field ruleId }
  }
}"""

DRAFT = """mutation Draft($input: DraftWorkProductInput!) {
  draftWorkProduct(input: $input) {
    ... on WorkProductVersion { id number state revision coefficient }
    ... on Problem { code message field ruleId }
  }
}"""

APPRAISE = """mutation Appraise($input: AppraiseVersionInput!) {
  appraiseVersion(input: $input) {
    ... on WorkProductVersion { id state revision }
    ... on Problem { code message field ruleId }
  }
}"""

APPROVE = """mutation Approve($input: ApproveVersionInput!) {
  approveVersion(input: $input) {
    ... on WorkProductVersion { id state revision }
    ... on Problem { code message field ruleId }
  }
}"""

DOSSIERS = """mutation Dossiers($input: RecordDossierEventsInput!) {
  recordDossierEvents(input: $input) {
    ... on DossierReport { results { row dossierId changed assignmentId problem { code message } } }
    ... on Problem { code message field ruleId }
  }
}"""

POST_AUDIT = """mutation PostAudit($input: RequestPostAuditInput!) {
  requestPostAudit(input: $input) {
    ... on PostAudit { id state }
    ... on Problem { code message field ruleId }
  }
}"""

COMPLAIN = """mutation Complain($input: FileComplaintInput!) {
  fileComplaint(input: $input) {
    ... on Complaint { id state dueOn receipt }
    ... on Problem { code message field ruleId }
  }
}"""
