import { fail, isJsonObject } from '@dpo/core';
import { parse } from 'ini';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Gives `undefined` for a file that does not exist. */
export type ReadFile = (path: string) => Promise<string | undefined>;

/** One section of the file of the Databricks CLI. */
export interface Profile {
  readonly name: string;
  readonly path: string;
  readonly values: Readonly<Record<string, string>>;
}

/** What reading the file came to; `looked` says it to people when nothing was found. */
export interface ProfileLookup {
  readonly profile?: Profile;
  readonly looked: string;
}

/** A profile that somebody named, and where. */
export interface NamedProfile {
  readonly name: string;
  readonly source: string;
}

const settings = '__settings__';

/**
 * Reads the named profile, else `[__settings__] default_profile`, else `DEFAULT`. Sections inherit nothing from
 * `DEFAULT`, as in the official SDKs. A profile that is named and missing is `AUTH.PROFILE_NOT_FOUND`.
 */
export async function readProfile(
  named: NamedProfile | undefined,
  environment: Environment,
  readFile: ReadFile,
): Promise<ProfileLookup> {
  const path = pathOf(environment);
  const sections = sectionsOf((await textOf(path, readFile)) ?? '');
  const chosen = named ?? defaultOf(sections, path);
  const values = sections.get(chosen?.name ?? 'DEFAULT');
  if (values !== undefined) {
    const name = chosen?.name ?? 'DEFAULT';
    return { profile: { name, path, values }, looked: `profile ${name} of ${path}` };
  }
  if (chosen !== undefined) failNotFound(chosen, path, sections);
  return { looked: `profile DEFAULT of ${path} (not there)` };
}

function pathOf(environment: Environment): string {
  const home = environment['HOME'] ?? environment['USERPROFILE'] ?? '~';
  const path = environment['DATABRICKS_CONFIG_FILE'];
  return path === undefined || path === '' ? `${home}/.databrickscfg` : path.replace(/^~(?=[/\\])/, () => home);
}

async function textOf(path: string, readFile: ReadFile): Promise<string | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    return fail(
      {
        code: 'AUTH.PROFILE_UNREADABLE',
        message: `the profile file ${path} cannot be read`,
        hint: 'check its permissions, or set DATABRICKS_HOST and DATABRICKS_TOKEN',
      },
      { cause: error },
    );
  }
}

type Sections = ReadonlyMap<string, Readonly<Record<string, string>>>;

function sectionsOf(text: string): Sections {
  const found = new Map<string, Readonly<Record<string, string>>>();
  // ini nests `[a.b]`, and a profile may well be called that: a dot is escaped before, and the name restored by ini.
  const flat = text.replace(/^\[([^\]]*)\]/gm, (_line, name: string) => `[${name.replaceAll('.', '\\\\.')}]`);
  for (const [name, section] of Object.entries(parse(flat))) {
    if (isJsonObject(section)) found.set(name, Object.fromEntries(Object.entries(section).flatMap(entryOf)));
  }
  return found;
}

function entryOf([key, value]: readonly [string, unknown]): readonly (readonly [string, string])[] {
  return typeof value === 'string' && value.trim() !== '' ? [[key.toLowerCase(), value.trim()]] : [];
}

function defaultOf(sections: Sections, path: string): NamedProfile | undefined {
  const name = sections.get(settings)?.['default_profile'];
  return name === undefined ? undefined : { name, source: `default_profile of ${path}` };
}

function failNotFound(named: NamedProfile, path: string, sections: Sections): never {
  const names = [...sections.keys()].filter((name) => name !== settings);
  fail({
    code: 'AUTH.PROFILE_NOT_FOUND',
    message: `there is no profile ${named.name} (from ${named.source}) in ${path}`,
    hint:
      names.length === 0
        ? `make it with: databricks configure --profile ${named.name}`
        : `it has ${names.join(', ')}; or make it with: databricks configure --profile ${named.name}`,
  });
}
