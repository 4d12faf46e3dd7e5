export { addressOf, compareAddresses, isAddress, kindNames, kindOf, nameOf } from './address.ts';
export type { Address, KindName } from './address.ts';
export type { CatalogColumn, CatalogFinding, CatalogFindings, CatalogTable } from './catalog.ts';
export { ownerText } from './desired.ts';
export { specHolds } from './diff/spec-holds.ts';
export type { Desired, DesiredResource, Facts, Owner, Skip } from './desired.ts';
export type { ApplyResult, Emit, Event, Outcome } from './event.ts';
export { hashText } from './hash.ts';
export { canonical, compareText, equalJson, isJsonArray, isJsonObject } from './json.ts';
export type { Json, JsonObject } from './json.ts';
export { kinds } from './kinds/index.ts';
export type { Edge, EdgeStrength, Kind, Lookup, Rule, RuleTable } from './kinds/kind.ts';
export type { Live, Marker, Observation } from './live.ts';
export { decodePlan, encodePlan, readPlan } from './plan/decode-plan.ts';
export type { ReadPlan } from './plan/decode-plan.ts';
export { guardedPaths, guardOf } from './plan/guard.ts';
export type { Scope } from './plan/narrow.ts';
export type { PlanInput, PlanOptions } from './plan/plan-input.ts';
export { plan } from './plan/plan.ts';
export { uncovered } from './plan/requirements.ts';
export type { Consent } from './plan/requirements.ts';
export { actions, planFormat, planModes } from './plan-file.ts';
export type {
  Action,
  Change,
  ChangeSeverity,
  Drift,
  Guard,
  Op,
  Plan,
  PlanMode,
  PlanScope,
  Reason,
  Requirement,
} from './plan-file.ts';
export { assertNever, DpoError, fail, isDpoError } from './problem.ts';
export type { Place, Position, Problem, Severity, Snippet } from './problem.ts';
export type {
  Applied,
  Clock,
  CreateRequest,
  DeleteRequest,
  Limit,
  Provider,
  Providers,
  ReadContext,
  UpdateRequest,
  WriteContext,
} from './provider.ts';
export { nothingRecorded } from './recorded.ts';
export type { OpenIntent, Recorded, RecordedResource, RecordedStatus, TargetIdentity } from './recorded.ts';
export { parseSelection } from './selection/parse-selection.ts';
export type { Selection } from './selection/selection.ts';
export type { Spec } from './spec.ts';
export { qualifiedName, quoteIdentifier, quoteLiteral } from './sql/quote.ts';
export { runOperations } from './store.ts';
export type {
  Intent,
  ManagedStateStore,
  Result,
  Run,
  RunOperation,
  StateHolder,
  StateSession,
  StateStore,
} from './store.ts';
export { isRef, ref, refsIn, resolveRefs } from './value.ts';
export type { Ref } from './value.ts';
