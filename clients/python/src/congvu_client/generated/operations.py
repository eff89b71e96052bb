__all__ = [
    "ACCEPT_WORK_GQL",
    "ASSIGNMENTS_GQL",
    "ASSIGN_WORK_BULK_GQL",
    "ASSIGN_WORK_GQL",
    "CATALOGUE_RELEASES_GQL",
    "CIVIL_SERVANTS_GQL",
    "CIVIL_SERVANT_BY_REF_GQL",
    "CLOSE_PERIOD_GQL",
    "COMPLAINT_BY_RECEIPT_GQL",
    "COMPLAINT_UPDATED_GQL",
    "CONFIRM_ANSWER_GQL",
    "DISPUTE_ANSWER_GQL",
    "EVALUATIONS_GQL",
    "EVALUATION_CHANGES_GQL",
    "EVALUATION_PERIODS_GQL",
    "EVALUATION_PERIOD_BY_ID_GQL",
    "EXPLANATION_GQL",
    "FEEDBACK_CHANGES_GQL",
    "FILE_COMPLAINT_GQL",
    "FREEZE_PERIOD_GQL",
    "INDEX_COMPUTED_GQL",
    "LIST_PERSONNEL_GQL",
    "ME_GQL",
    "OPEN_PERIOD_GQL",
    "ORG_UNITS_GQL",
    "ORG_UNIT_BY_REF_GQL",
    "PUBLISH_PERIOD_GQL",
    "RATE_SERVICE_GQL",
    "RECORD_DOSSIER_EVENTS_GQL",
    "RELEASE_PUBLISHED_GQL",
    "REOPEN_COMPLAINT_GQL",
    "REPORT_WORK_GQL",
    "RESULT_PUBLISHED_GQL",
    "SATISFACTION_INDEXES_GQL",
    "SUBMISSION_BY_ID_GQL",
    "SUBMIT_FEEDBACK_BULK_GQL",
    "SUBMIT_SATISFACTION_GQL",
    "SUBMIT_SUGGESTION_GQL",
    "SYNC_PERSONNEL_GQL",
    "WORK_PRODUCT_VERSIONS_GQL",
]

ORG_UNITS_GQL = """
query OrgUnits($province: String!, $filter: OrgUnitFilter, $first: Int = 100, $after: String) {
  orgUnits(province: $province, filter: $filter, first: $first, after: $after) {
    edges {
      node {
        ...OrgUnit
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}

fragment OrgUnit on OrgUnit {
  id
  code
  name
  level
  localityType
  validFrom
  validTo
  revision
  externalRef {
    system
    id
  }
  parent {
    id
  }
}
"""

ORG_UNIT_BY_REF_GQL = """
query OrgUnitByRef($ref: ExternalRefInput!, $asOf: Date) {
  orgUnitByRef(ref: $ref, asOf: $asOf) {
    ...OrgUnit
  }
}

fragment OrgUnit on OrgUnit {
  id
  code
  name
  level
  localityType
  validFrom
  validTo
  revision
  externalRef {
    system
    id
  }
  parent {
    id
  }
}
"""

CIVIL_SERVANTS_GQL = """
query CivilServants($unitId: ID!, $first: Int = 100, $after: String) {
  civilServants(unitId: $unitId, first: $first, after: $after) {
    edges {
      node {
        ...CivilServant
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}

fragment CivilServant on CivilServant {
  id
  fullName
  province
  revision
  externalRefs {
    system
    id
  }
  unit {
    id
    code
    name
  }
}
"""

CIVIL_SERVANT_BY_REF_GQL = """
query CivilServantByRef($ref: ExternalRefInput!, $asOf: Date) {
  civilServantByRef(ref: $ref, asOf: $asOf) {
    ...CivilServant
  }
}

fragment CivilServant on CivilServant {
  id
  fullName
  province
  revision
  externalRefs {
    system
    id
  }
  unit {
    id
    code
    name
  }
}
"""

SYNC_PERSONNEL_GQL = """
mutation SyncPersonnel($input: SyncPersonnelInput!) {
  syncPersonnel(input: $input) {
    __typename
    ... on SyncReport {
      changed
      unchanged
      refused
      dryRun
      remaining
      results {
        row
        id
        outcome
        changed
        changedFields
        warnings {
          ruleId
          field
          message
        }
        problem {
          ...ProblemFields
        }
      }
      ended {
        kind
        id
        ref
      }
    }
    ...ProblemFields
  }
}

fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}
"""

LIST_PERSONNEL_GQL = """
mutation ListPersonnel($input: ListPersonnelInput!) {
  listPersonnel(input: $input) {
    __typename
    ... on PersonnelListing {
      id
      name
      units
      positions
      people
    }
    ...ProblemFields
  }
}

fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}
"""

WORK_PRODUCT_VERSIONS_GQL = """
query WorkProductVersions($filter: WorkProductVersionFilter, $first: Int = 100, $after: String) {
  workProductVersions(filter: $filter, first: $first, after: $after) {
    edges {
      node {
        ...WorkProductVersion
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}

fragment WorkProductVersion on WorkProductVersion {
  id
  code
  number
  state
  nameVi
  nameEn
  unitOfMeasure
  points
  coefficient
  effectiveFrom
  effectiveTo
  workProduct {
    code
    group
  }
}
"""

CATALOGUE_RELEASES_GQL = """
query CatalogueReleases($province: String!, $unitId: ID, $first: Int = 100, $after: String) {
  catalogueReleases(
    province: $province
    unitId: $unitId
    first: $first
    after: $after
  ) {
    edges {
      node {
        id
        decisionNumber
        effectiveFrom
        versionCount
        contentHash
        publishedAt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
"""

EVALUATION_PERIOD_BY_ID_GQL = """
query EvaluationPeriodById($id: ID!) {
  evaluationPeriod(id: $id) {
    ...Period
  }
}

fragment Period on EvaluationPeriod {
  id
  name
  kind
  state
  province
  startsOn
  endsOn
  revision
  releaseIds
  frozenAt
  publishedAt
  appealsUntil
}
"""

EVALUATION_PERIODS_GQL = """
query EvaluationPeriods($filter: EvaluationPeriodFilter, $first: Int = 100, $after: String) {
  evaluationPeriods(filter: $filter, first: $first, after: $after) {
    edges {
      node {
        ...Period
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}

fragment Period on EvaluationPeriod {
  id
  name
  kind
  state
  province
  startsOn
  endsOn
  revision
  releaseIds
  frozenAt
  publishedAt
  appealsUntil
}
"""

OPEN_PERIOD_GQL = """
mutation OpenPeriod($input: OpenPeriodInput!) {
  openPeriod(input: $input) {
    __typename
    ...Period
    ...ProblemFields
  }
}

fragment Period on EvaluationPeriod {
  id
  name
  kind
  state
  province
  startsOn
  endsOn
  revision
  releaseIds
  frozenAt
  publishedAt
  appealsUntil
}

fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}
"""

FREEZE_PERIOD_GQL = """
mutation FreezePeriod($input: FreezePeriodInput!) {
  freezePeriod(input: $input) {
    __typename
    ...Period
    ...ProblemFields
  }
}

fragment Period on EvaluationPeriod {
  id
  name
  kind
  state
  province
  startsOn
  endsOn
  revision
  releaseIds
  frozenAt
  publishedAt
  appealsUntil
}

fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}
"""

PUBLISH_PERIOD_GQL = """
mutation PublishPeriod($input: PeriodStepInput!) {
  publishPeriod(input: $input) {
    __typename
    ...Period
    ...ProblemFields
  }
}

fragment Period on EvaluationPeriod {
  id
  name
  kind
  state
  province
  startsOn
  endsOn
  revision
  releaseIds
  frozenAt
  publishedAt
  appealsUntil
}

fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}
"""

CLOSE_PERIOD_GQL = """
mutation ClosePeriod($input: PeriodStepInput!) {
  closePeriod(input: $input) {
    __typename
    ...Period
    ...ProblemFields
  }
}

fragment Period on EvaluationPeriod {
  id
  name
  kind
  state
  province
  startsOn
  endsOn
  revision
  releaseIds
  frozenAt
  publishedAt
  appealsUntil
}

fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}
"""

ASSIGNMENTS_GQL = """
query Assignments($filter: AssignmentFilter, $first: Int = 100, $after: String) {
  assignments(filter: $filter, first: $first, after: $after) {
    edges {
      node {
        ...Assignment
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}

fragment Assignment on Assignment {
  id
  revision
  state
  source
  assigned
  completed
  qualityFailures
  late
  lateExempt
  coefficient
  dueOn
  civilServant {
    id
  }
  period {
    id
  }
  version {
    id
    code
    number
  }
}
"""

ASSIGN_WORK_GQL = """
mutation AssignWork($input: AssignWorkInput!) {
  assignWork(input: $input) {
    __typename
    ...Assignment
    ...ProblemFields
  }
}

fragment Assignment on Assignment {
  id
  revision
  state
  source
  assigned
  completed
  qualityFailures
  late
  lateExempt
  coefficient
  dueOn
  civilServant {
    id
  }
  period {
    id
  }
  version {
    id
    code
    number
  }
}

fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}
"""

ASSIGN_WORK_BULK_GQL = """
mutation AssignWorkBulk($input: AssignWorkBulkInput!) {
  assignWorkBulk(input: $input) {
    __typename
    ... on AssignedReport {
      assigned
      refused
      dryRun
      results {
        row
        assignmentId
        problem {
          ...ProblemFields
        }
      }
    }
    ...ProblemFields
  }
}

fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}
"""

REPORT_WORK_GQL = """
mutation ReportWork($input: ReportWorkInput!) {
  reportWork(input: $input) {
    __typename
    ...Assignment
    ...ProblemFields
  }
}

fragment Assignment on Assignment {
  id
  revision
  state
  source
  assigned
  completed
  qualityFailures
  late
  lateExempt
  coefficient
  dueOn
  civilServant {
    id
  }
  period {
    id
  }
  version {
    id
    code
    number
  }
}

fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}
"""

ACCEPT_WORK_GQL = """
mutation AcceptWork($input: AcceptWorkInput!) {
  acceptWork(input: $input) {
    __typename
    ...Assignment
    ...ProblemFields
  }
}

fragment Assignment on Assignment {
  id
  revision
  state
  source
  assigned
  completed
  qualityFailures
  late
  lateExempt
  coefficient
  dueOn
  civilServant {
    id
  }
  period {
    id
  }
  version {
    id
    code
    number
  }
}

fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}
"""

EVALUATIONS_GQL = """
query Evaluations($filter: EvaluationFilter, $order: EvaluationOrder = UNIT, $first: Int = 50, $after: String) {
  evaluations(filter: $filter, order: $order, first: $first, after: $after) {
    edges {
      node {
        ...Evaluation
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}

fragment Evaluation on Evaluation {
  id
  state
  outcome
  total
  totalExact
  band
  rawBand
  reasons
  updatedAt
  civilServant {
    id
    externalRefs {
      system
      id
    }
  }
  unit {
    id
  }
  period {
    id
    name
  }
}
"""

EXPLANATION_GQL = """
query Explanation($evaluationId: ID!) {
  evaluation(id: $evaluationId) {
    ...Evaluation
    explanationLines {
      depth
      ruleId
      clause
      textVi
      textEn
      points
      pointsExact
    }
  }
}

fragment Evaluation on Evaluation {
  id
  state
  outcome
  total
  totalExact
  band
  rawBand
  reasons
  updatedAt
  civilServant {
    id
    externalRefs {
      system
      id
    }
  }
  unit {
    id
  }
  period {
    id
    name
  }
}
"""

EVALUATION_CHANGES_GQL = """
query EvaluationChanges($province: String, $first: Int = 100, $after: String) {
  evaluationChanges(province: $province, first: $first, after: $after) {
    edges {
      node {
        eventType
        province
        at
        payload
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
"""

RECORD_DOSSIER_EVENTS_GQL = """
mutation RecordDossierEvents($input: RecordDossierEventsInput!) {
  recordDossierEvents(input: $input) {
    __typename
    ... on DossierReport {
      results {
        row
        dossierId
        changed
        standing
        reason
        assignmentId
        assignmentIds
        problem {
          ...ProblemFields
        }
      }
    }
    ...ProblemFields
  }
}

fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}
"""

SUBMIT_SATISFACTION_GQL = """
mutation SubmitSatisfaction($input: SubmitSatisfactionInput!) {
  submitSatisfaction(input: $input) {
    __typename
    ...Submission
    ...ProblemFields
  }
}

fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}

fragment Submission on Submission {
  id
  kind
  answer
  channel
  receivedOn
  receipt
  logSequence
  standing
  lapsed
}
"""

RATE_SERVICE_GQL = """
mutation RateService($input: RateServiceInput!) {
  rateService(input: $input) {
    __typename
    ...Submission
    ...ProblemFields
  }
}

fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}

fragment Submission on Submission {
  id
  kind
  answer
  channel
  receivedOn
  receipt
  logSequence
  standing
  lapsed
}
"""

SUBMIT_SUGGESTION_GQL = """
mutation SubmitSuggestion($input: SubmitSuggestionInput!) {
  submitSuggestion(input: $input) {
    __typename
    ...Submission
    ...ProblemFields
  }
}

fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}

fragment Submission on Submission {
  id
  kind
  answer
  channel
  receivedOn
  receipt
  logSequence
  standing
  lapsed
}
"""

SUBMIT_FEEDBACK_BULK_GQL = """
mutation SubmitFeedbackBulk($input: SubmitFeedbackBulkInput!) {
  submitFeedbackBulk(input: $input) {
    __typename
    ... on FeedbackReport {
      taken
      refused
      dryRun
      results {
        row
        submissionId
        complaintId
        receipt
        problem {
          ...ProblemFields
        }
      }
    }
    ...ProblemFields
  }
}

fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}
"""

SUBMISSION_BY_ID_GQL = """
query SubmissionById($id: ID!) {
  submission(id: $id) {
    ...Submission
  }
}

fragment Submission on Submission {
  id
  kind
  answer
  channel
  receivedOn
  receipt
  logSequence
  standing
  lapsed
}
"""

FILE_COMPLAINT_GQL = """
mutation FileComplaint($input: FileComplaintInput!) {
  fileComplaint(input: $input) {
    __typename
    ...Complaint
    ...ProblemFields
  }
}

fragment Complaint on Complaint {
  id
  revision
  state
  unit {
    id
    name
  }
  filedOn
  answerBy
  dueOn
  disputeUntil
  reopenUntil
  closedOn
  basis
  receipt
  answers {
    text
    on
  }
  decision {
    verdict
    remedied
    reason {
      text
      on
    }
  }
}

fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}
"""

COMPLAINT_BY_RECEIPT_GQL = """
query ComplaintByReceipt($receipt: String!) {
  complaintByReceipt(receipt: $receipt) {
    ...Complaint
  }
}

fragment Complaint on Complaint {
  id
  revision
  state
  unit {
    id
    name
  }
  filedOn
  answerBy
  dueOn
  disputeUntil
  reopenUntil
  closedOn
  basis
  receipt
  answers {
    text
    on
  }
  decision {
    verdict
    remedied
    reason {
      text
      on
    }
  }
}
"""

CONFIRM_ANSWER_GQL = """
mutation ConfirmAnswer($input: ConfirmAnswerInput!) {
  confirmAnswer(input: $input) {
    __typename
    ...Complaint
    ...ProblemFields
  }
}

fragment Complaint on Complaint {
  id
  revision
  state
  unit {
    id
    name
  }
  filedOn
  answerBy
  dueOn
  disputeUntil
  reopenUntil
  closedOn
  basis
  receipt
  answers {
    text
    on
  }
  decision {
    verdict
    remedied
    reason {
      text
      on
    }
  }
}

fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}
"""

DISPUTE_ANSWER_GQL = """
mutation DisputeAnswer($input: DisputeAnswerInput!) {
  disputeAnswer(input: $input) {
    __typename
    ...Complaint
    ...ProblemFields
  }
}

fragment Complaint on Complaint {
  id
  revision
  state
  unit {
    id
    name
  }
  filedOn
  answerBy
  dueOn
  disputeUntil
  reopenUntil
  closedOn
  basis
  receipt
  answers {
    text
    on
  }
  decision {
    verdict
    remedied
    reason {
      text
      on
    }
  }
}

fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}
"""

REOPEN_COMPLAINT_GQL = """
mutation ReopenComplaint($input: ReopenComplaintInput!) {
  reopenComplaint(input: $input) {
    __typename
    ...Complaint
    ...ProblemFields
  }
}

fragment Complaint on Complaint {
  id
  revision
  state
  unit {
    id
    name
  }
  filedOn
  answerBy
  dueOn
  disputeUntil
  reopenUntil
  closedOn
  basis
  receipt
  answers {
    text
    on
  }
  decision {
    verdict
    remedied
    reason {
      text
      on
    }
  }
}

fragment ProblemFields on Problem {
  code
  message
  field
  ruleId
}
"""

SATISFACTION_INDEXES_GQL = """
query SatisfactionIndexes($periodId: ID!, $first: Int = 100, $after: String) {
  satisfactionIndexes(periodId: $periodId, first: $first, after: $after) {
    edges {
      node {
        unit {
          id
          name
        }
        index
        answers
        minimum
        state
        intervalLow
        intervalHigh
        underReview
        indexWithReview
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
"""

FEEDBACK_CHANGES_GQL = """
query FeedbackChanges($province: String, $first: Int = 100, $after: String) {
  feedbackChanges(province: $province, first: $first, after: $after) {
    edges {
      node {
        eventType
        province
        at
        payload
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
"""

ME_GQL = """
query Me {
  me {
    subject
    roles
    scopes
    province
    civilServant {
      id
      fullName
    }
    unit {
      id
      code
      name
    }
  }
}
"""

RESULT_PUBLISHED_GQL = """
subscription ResultPublished($after: String, $province: String) {
  resultPublished(after: $after, province: $province) {
    ...ChangeEvent
  }
}

fragment ChangeEvent on ChangeEvent {
  cursor
  eventType
  province
  at
  payload
}
"""

COMPLAINT_UPDATED_GQL = """
subscription ComplaintUpdated($after: String, $province: String) {
  complaintUpdated(after: $after, province: $province) {
    ...ChangeEvent
  }
}

fragment ChangeEvent on ChangeEvent {
  cursor
  eventType
  province
  at
  payload
}
"""

INDEX_COMPUTED_GQL = """
subscription IndexComputed($after: String, $province: String) {
  indexComputed(after: $after, province: $province) {
    ...ChangeEvent
  }
}

fragment ChangeEvent on ChangeEvent {
  cursor
  eventType
  province
  at
  payload
}
"""

RELEASE_PUBLISHED_GQL = """
subscription ReleasePublished($after: String, $province: String) {
  releasePublished(after: $after, province: $province) {
    ...ChangeEvent
  }
}

fragment ChangeEvent on ChangeEvent {
  cursor
  eventType
  province
  at
  payload
}
"""
