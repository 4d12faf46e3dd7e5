import {
  kindOf,
  nameOf,
  ownerText,
  type Address,
  type Desired,
  type OrphanFate,
  type PlanMode,
  type Recorded,
} from '@dpo/core';
import type { DiscoverPlaces } from '@dpo/engine';
import { isReadOnlyAddress, outputCatalog, ownerFolder, searchedCatalogs } from '@dpo/monitoring';
import type { Project } from './project.ts';

export interface OrphanSearch {
  /** Missing in an ordinary plan: nobody looks. */
  readonly discoverIn?: DiscoverPlaces;
  readonly orphans: OrphanFate;
}

export interface SearchRequest {
  readonly project: Project;
  readonly mode: PlanMode;
  readonly recorded: Recorded;
  readonly desired: Desired;
}

/** Whether and where to look for what carries our marker and nobody knows of any more, and what becomes of it (U041). */
export function orphanSearch(request: SearchRequest): OrphanSearch {
  const { project, mode, recorded } = request;
  const cleaning = project.loaded.config.cleanup_orphans === true;
  const blind = recorded.lineage === undefined;
  const looks = mode === 'destroy' || (mode === 'apply' && (cleaning || blind));
  return {
    ...(looks ? { discoverIn: placesOf(request) } : {}),
    orphans: mode === 'destroy' ? fateInDestroy(project) : fateInApply(project, cleaning),
  };
}

/** True if nobody else goes by the name of this project. */
export function isProjectNamed({ loaded, local }: Project): boolean {
  return local || loaded.config.project !== undefined;
}

/** What this target only reads is no orphan of it (W017). */
function deletedBut({ loaded }: Project): OrphanFate {
  const because = 'read only: monitors of this target are read, not managed';
  return { fate: 'deleted', spares: { holds: isReadOnlyAddress(loaded), because } };
}

function fateInDestroy(project: Project): OrphanFate {
  if (isProjectNamed(project)) return deletedBut(project);
  return { fate: 'kept', because: 'the config names no project, so that another config may own it' };
}

function fateInApply(project: Project, cleaning: boolean): OrphanFate {
  return cleaning ? deletedBut(project) : { fate: 'kept', because: 'cleanup_orphans is not set' };
}

/** Everywhere that something of ours may be. */
export function placesOf({ project, recorded, desired }: Omit<SearchRequest, 'mode'>): DiscoverPlaces {
  const addresses = [...desired.resources.map(({ address }) => address), ...recorded.resources.keys()];
  const names = addresses.map(nameOf);
  return {
    owner: ownerText(project.owner),
    catalogs: unique([...namedCatalogs(project), ...names.map(catalogOf)]),
    schemas: unique([...addresses.filter(isSchema).map(nameOf), ...recordedOutputs(recorded)]),
    folders: [...new Set([ownerFolder(project.loaded, project.owner), ...recordedFolders(recorded)])],
  };
}

/** A glob names no catalog; what is managed in those that it stands for is in the addresses. */
function namedCatalogs({ loaded }: Project): readonly string[] {
  return [...searchedCatalogs(loaded), outputCatalog(loaded)].filter((name) => !/[*?]/u.test(name));
}

/** Where monitors have written: also into schemas that are only used. */
function recordedOutputs({ resources }: Recorded): readonly string[] {
  return [...resources.values()].flatMap(({ out: { profile_metrics_table_name: name } }) =>
    typeof name === 'string' ? [name.slice(0, name.lastIndexOf('.'))] : [],
  );
}

/** Folders stay where they were when the config moves its own. */
function recordedFolders({ resources }: Recorded): readonly string[] {
  return [...resources.values()].flatMap(({ applied: { assets_dir: folder } }) => {
    const end = typeof folder === 'string' ? folder.lastIndexOf('/monitors/') : -1;
    return typeof folder === 'string' && end > 0 ? [folder.slice(0, end)] : [];
  });
}

function isSchema(address: Address): boolean {
  return kindOf(address) === 'schema';
}

function catalogOf(name: string): string {
  return name.split('.')[0] ?? name;
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names.map((name) => name.toLowerCase()))];
}
