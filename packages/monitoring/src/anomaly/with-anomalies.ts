import type { CatalogSchemas, Desired, FoundTable, KnownRecipients, CatalogFindings } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { desireAnomalies, type DesiredAnomalies } from './desire-anomalies.ts';
import { proposeAnomalies } from './propose-anomalies.ts';

/** What was read for `anomaly_detection`; nothing where the config does not have it. */
export interface AnomalyKnowledge {
  readonly schemas: CatalogSchemas;
  readonly recipients: KnownRecipients;
  /** Full names of the schemas that the state watches. */
  readonly managed: readonly string[];
}

export interface AnomalyWorld {
  readonly loaded: LoadedConfig;
  readonly findings: CatalogFindings;
  readonly found?: readonly FoundTable[];
  readonly anomalies?: AnomalyKnowledge;
  readonly allowShrink?: boolean;
}

const nothing: DesiredAnomalies = { resources: [], skipped: [], undecided: [], problems: [] };

/** The same, with the schemas that are to be watched, and a note on those that could be (W010). */
export function withAnomalies(desired: Desired, world: AnomalyWorld): Desired {
  const { loaded, anomalies, allowShrink = false } = world;
  const added =
    anomalies === undefined ? nothing : desireAnomalies({ loaded, ...anomalies, tags: tagsOf(world), allowShrink });
  const watched = [...added.resources, ...added.skipped, ...added.undecided].map(({ address }) => address);
  return {
    ...desired,
    resources: [...desired.resources, ...added.resources],
    skipped: [...desired.skipped, ...added.skipped],
    undecided: [...desired.undecided, ...added.undecided],
    problems: [
      ...desired.problems,
      ...added.problems,
      ...proposeAnomalies(loaded, { skipped: desired.skipped, watched }),
    ],
  };
}

/** Of found tables: their tags may name a schema for outputs. */
export function tagsOf({
  found = [],
  findings,
}: Pick<AnomalyWorld, 'found' | 'findings'>): readonly { readonly tags: Readonly<Record<string, string>> }[] {
  return found.flatMap(({ name }) => {
    const finding = findings.get(name);
    return finding?.status === 'present' ? [{ tags: finding.table.tags }] : [];
  });
}
