export { addressOf, compareAddresses, isAddress, kindNames, kindOf, nameOf, parseAddress } from './address.ts';
export type { Address, KindName } from './address.ts';
export type {
  Catalog,
  CatalogAge,
  CatalogColumn,
  CatalogFinding,
  CatalogFindings,
  CatalogSchemas,
  CatalogTable,
  ColumnTags,
  ContraryTable,
  FoundTable,
  KnownRecipients,
  MissingSchema,
  ScopeSchema,
  ScopeTable,
  ValueCounts,
} from './catalog.ts';
export { decodeSnapshot, encodeSnapshot, snapshotFormat, snapshotScope } from './catalog-snapshot.ts';
export type { CatalogSnapshot, DecodedSnapshot, SnapshotIdentity } from './catalog-snapshot.ts';
export { uncoveredReasons } from './coverage.ts';
export type { Coverage, RefreshHistory, UncoveredReason, UncoveredTable, UnreadableItem } from './coverage.ts';
export { ownerText } from './desired.ts';
export { unreturnedPaths } from './diff/unreturned.ts';
export { withoutIgnored } from './diff/ignored.ts';
export type { IgnoredPaths } from './diff/ignored.ts';
export { elementPath, elementsBy, listPathOf, toldPaths, valueAtPath } from './diff/element-path.ts';
export { leaves } from './diff/leaves.ts';
export { fieldRule } from './diff/field-rule.ts';
export { specHolds } from './diff/spec-holds.ts';
export type { Desired, DesiredResource, Facts, Owner, Skip } from './desired.ts';
export type { Activity, ApplyResult, Emit, Event, Outcome, RunStatus, RunSummary, TableRefresh } from './event.ts';
export { eventLines, eventsFormat } from './event-lines.ts';
export { groupSlug } from './group-slug.ts';
export { hashText } from './hash.ts';
export { canonical, compareText, equalJson, isJsonArray, isJsonObject } from './json.ts';
export type { Json, JsonObject } from './json.ts';
export { fieldSides } from './inspect/field-sides.ts';
export { resourceGraph } from './inspect/resource-graph.ts';
export type { GraphLink, GraphNode, ResourceGraph } from './inspect/resource-graph.ts';
export { inspectResource } from './inspect/inspect-resource.ts';
export type { InspectRequest } from './inspect/inspect-resource.ts';
export { resourceStatuses, fieldVerdicts } from './inspect/inspection.ts';
export type {
  EffectiveSetting,
  FieldSides,
  InspectedTable,
  Inspection,
  Link,
  LiveSide,
  NextStep,
  PrimaryKey,
  RecordedSide,
  ResourceStatus,
  TableHow,
  TagValue,
  FieldVerdict,
} from './inspect/inspection.ts';
export type { GroupRow, ResourceRow, TableRow } from './inspect/inventory.ts';
export { withNeeds } from './inspect/with-needs.ts';
export { ignorable } from './kinds/ignorable.ts';
export type { Ignorable } from './kinds/ignorable.ts';
export { kinds } from './kinds/index.ts';
export type { Edge, EdgeStrength, Kind, Lookup, Rule, RuleTable } from './kinds/kind.ts';
export { leftoversIn, leftoverText } from './leftover.ts';
export type { Leftover } from './leftover.ts';
export type { Discovered, Live, Marker, Observation, PresentObject } from './live.ts';
export { approvalOf, approvalText, readApproval } from './plan/approval.ts';
export type { Approval } from './plan/approval.ts';
export { decodePlan, encodePlan, readPlan } from './plan/decode-plan.ts';
export type { ReadPlan } from './plan/decode-plan.ts';
export { interruptedCreates, isPath, lookupById } from './plan/interrupted-creates.ts';
export { guardedPaths, guardOf } from './plan/guard.ts';
export { ownershipProblem } from './plan/ownership.ts';
export type { OwnershipCheck } from './plan/ownership.ts';
export { isInScope } from './plan/narrow.ts';
export type { Scope } from './plan/narrow.ts';
export type { OrphanFate, PlanInput, PlanOptions } from './plan/plan-input.ts';
export { plan } from './plan/plan.ts';
export { renamesOf } from './plan/renames.ts';
export { trustedObjects } from './plan/trusted.ts';
export { uncovered } from './plan/requirements.ts';
export type { Consent } from './plan/requirements.ts';
export { actions, operationsOf, planFormat, planModes, refreshModes } from './plan-file.ts';
export type {
  Action,
  Change,
  ChangeSeverity,
  Deferred,
  Drift,
  Guard,
  IgnoredSetting,
  Op,
  Orphan,
  Plan,
  PlanMode,
  PlanScope,
  Reason,
  RefreshMode,
  Requirement,
} from './plan-file.ts';
export { assertNever, DpoError, fail, isDpoError } from './problem.ts';
export type { Place, Position, Problem, Severity, Snippet } from './problem.ts';
export type {
  Applied,
  Clock,
  CreateRequest,
  DeleteRequest,
  DiscoverRequest,
  Discovery,
  Limit,
  Provider,
  Providers,
  ReadContext,
  Readiness,
  UpdateRequest,
  WriteContext,
} from './provider.ts';
export { nothingRecorded } from './recorded.ts';
export type { Decisions, OpenIntent, Recorded, RecordedResource, RecordedStatus, TargetIdentity } from './recorded.ts';
export { hiddenText } from './reference/hide-live.ts';
export { fillReferences, mapLeaves, mapTexts, referencedNames, textsIn } from './reference/reference-leaves.ts';
export type { ReferencePaths } from './reference/reference-paths.ts';
export { asTemplate, fillTemplate, isSet, namesIn } from './reference/template.ts';
export type { Environment } from './reference/template.ts';
export { parseSelection } from './selection/parse-selection.ts';
export type { Selection } from './selection/selection.ts';
export { atomsOf, canSelect, selectionMisses } from './selection/selection-misses.ts';
export type { Miss, Selectable, SelectionAtom } from './selection/selection-misses.ts';
export { matchesGlob } from './selection/glob.ts';
export { factsOfAddress } from './selection/selects.ts';
export { isSearchedCatalog, isSearchedSchema, matchesTablePattern, matchTable } from './selection/table-search.ts';
export type { TableMatch, TableParts, TableSearch } from './selection/table-search.ts';
export type { Spec } from './spec.ts';
export { qualifiedName, quoteIdentifier, quoteLiteral } from './sql/quote.ts';
export { probeStatement } from './sql/probe-statement.ts';
export { alterView, createView, dropView, handOverView, renameView, setViewProperties } from './sql/view-statements.ts';
export { branchesIn, viewFamilies } from './views/branch.ts';
export type {
  BranchFacts,
  BranchRoles,
  DeniedTable,
  MetricColumns,
  SettledColumns,
  ViewBranch,
  ViewFamily,
} from './views/branch.ts';
export { viewQuery } from './views/view-query.ts';
export { definitionOf, inputsIn, queryOf } from './kinds/view.ts';
export { dashboardIn, dashboardPage, pageOf } from './dashboard-page.ts';
export type { Site } from './dashboard-page.ts';
export { withComposed } from './diff/composed.ts';
export { runOperations } from './store.ts';
export type {
  Announcement,
  BlobStore,
  Intent,
  ManagedStateStore,
  Result,
  Run,
  RunOperation,
  StateHold,
  StateHolder,
  StateSession,
  StateStore,
} from './store.ts';
export { isRef, ref, refsIn, resolveRefs } from './value.ts';
export type { Ref } from './value.ts';
export { countVerdicts, verdicts } from './doctor/examination.ts';
export type { Examination, Grant, Standing, Verdict } from './doctor/examination.ts';
export { doubtfulObjects, examineNeeds, examineOwnership } from './doctor/examine-needs.ts';
export type { Need, OwnershipNeed } from './doctor/needs.ts';
export { isOneOf, keyOf, parentsOf, standingOf } from './doctor/rights.ts';
export type { Assignment, Principal, Rights, RightsBySecurable, Securable } from './doctor/rights.ts';
export { grantStatement, ownerStatement } from './sql/grant-statements.ts';
export {
  hiddenGrants,
  metricAccess,
  metricAccessPaths,
  workspaceLevels,
  type MetricAccessPath,
} from './kinds/access.ts';
