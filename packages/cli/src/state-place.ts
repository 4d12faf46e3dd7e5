import { dirname, join, resolve } from 'node:path';
import type { LoadedConfig } from '@dpo/config';
import { fail } from '@dpo/core';

/** Where a state is. */
export type StatePlace =
  | { readonly backend: 'local'; readonly path: string }
  | { readonly backend: 'volume'; readonly path: string }
  | {
      readonly backend: 'azblob';
      readonly container: string;
      readonly path: string;
      readonly endpoint?: string | undefined;
    };

export interface StatePlaceRequest {
  readonly loaded: LoadedConfig;
  /** Root config file. */
  readonly file: string;
  readonly directory: string;
}

/** What `--state` says, else the target; a file of the config stands beside it, one of the flag in the working directory (C22). */
export function statePlaceOf(flag: string | undefined, request: StatePlaceRequest): StatePlace {
  const { loaded, file, directory } = request;
  const settings = loaded.target.state ?? {};
  if (flag !== undefined) return statePlaceIn(flag, { directory, endpoint: settings.endpoint });
  const backend = settings.backend ?? 'local';
  if (backend === 'volume') return { backend, path: withoutSlash(settings.path ?? '') };
  if (backend === 'azblob') {
    const path = settings.path ?? `${loaded.config.project ?? 'dpo'}/${loaded.targetName}`;
    return { backend, container: settings.container ?? '', path, endpoint: settings.endpoint };
  }
  const beside = dirname(resolve(directory, file));
  return { backend, path: resolve(beside, settings.path ?? localStateFile(loaded.targetName)) };
}

/** The state file of a target, and where a copy goes that could not be saved elsewhere. */
export function localStateFile(target: string): string {
  return join('state', `${target}.json`);
}

/** A place as people write it: a file, `volume:/Volumes/…` or `azblob:CONTAINER/FOLDER`. */
export function statePlaceIn(
  text: string,
  { directory, endpoint }: { readonly directory: string; readonly endpoint?: string | undefined },
): StatePlace {
  if (text.startsWith('volume:')) {
    const path = withoutSlash(text.slice('volume:'.length));
    if (/^(?:\/[^/]+){4,}$/.test(path) && path.startsWith('/Volumes/') && !/\/\.{1,2}(?:\/|$)/.test(path))
      return { backend: 'volume', path };
    return misspelt(text, 'volume:/Volumes/<catalog>/<schema>/<volume>/<folder>');
  }
  if (text.startsWith('azblob:')) {
    const [container = '', ...folders] = withoutSlash(text.slice('azblob:'.length)).split('/');
    if (
      /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(container) &&
      folders.every((name) => /^[\w.@=-]*[\w@=-][\w.@=-]*$/.test(name))
    )
      return { backend: 'azblob', container, path: folders.join('/'), endpoint };
    return misspelt(text, 'azblob:<container>/<folder>');
  }
  return { backend: 'local', path: resolve(directory, text) };
}

function misspelt(text: string, wanted: string): never {
  return fail({ code: 'USAGE', message: `'${text}' is no place for a state`, hint: `write ${wanted}` });
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '');
}

/** The line of a target that says where its state is. `text`: the place as it was named. */
export function configOf(place: StatePlace, text: string): string {
  if (place.backend === 'local') return `state: { path: ${text} } # from the folder of the config`;
  if (place.backend === 'volume') return `state: { backend: volume, path: ${place.path} }`;
  return `state: { backend: azblob, container: ${place.container}${place.path === '' ? '' : `, path: ${place.path}`} }`;
}
