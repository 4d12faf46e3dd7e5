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

/** A profile that somebody named, and where. */
export interface NamedProfile {
  readonly name: string;
  readonly source: string;
}

/** The file as it was read; without sections where there is none. */
export interface ProfileFile {
  readonly path: string;
  /** False: there is no such file. */
  readonly exists: boolean;
  readonly sections: Sections;
}

const settings = '__settings__';

/** Throws `AUTH.PROFILE_UNREADABLE`. A file that does not exist is one without profiles. */
export async function readProfileFile(environment: Environment, readFile: ReadFile): Promise<ProfileFile> {
  const path = pathOf(environment);
  const text = await textOf(path, readFile);
  return { path, exists: text !== undefined, sections: sectionsOf(text ?? '') };
}

/** Throws `AUTH.PROFILE_NOT_FOUND`, also for the section of settings, which is no profile. */
export function profileNamed(file: ProfileFile, named: NamedProfile): Profile {
  const values = named.name === settings ? undefined : file.sections.get(named.name);
  if (values === undefined) failNotFound(named, file);
  return { name: named.name, path: file.path, values };
}

/** `[__settings__] default_profile`, else `DEFAULT` where there is one. Sections inherit nothing from `DEFAULT`. */
export function defaultProfile(file: ProfileFile): Profile | undefined {
  const name = file.sections.get(settings)?.['default_profile'];
  if (name !== undefined) return profileNamed(file, { name, source: `default_profile of ${file.path}` });
  const values = file.sections.get('DEFAULT');
  return values === undefined ? undefined : { name: 'DEFAULT', path: file.path, values };
}

export function profilesOf(file: ProfileFile): readonly Profile[] {
  return [...file.sections]
    .filter(([name]) => name !== settings)
    .map(([name, values]) => ({ name, path: file.path, values }));
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
  const flat = text
    .replace(/^\uFEFF/, '')
    .replace(/^\[([^\]]*)\]/gm, (_line, name: string) => `[${name.replaceAll('.', '\\\\.')}]`);
  for (const [name, section] of Object.entries(parse(flat))) {
    if (isJsonObject(section)) found.set(name, Object.fromEntries(Object.entries(section).flatMap(entryOf)));
  }
  return found;
}

function entryOf([key, value]: readonly [string, unknown]): readonly (readonly [string, string])[] {
  // ini reads `true` and `false` as such.
  const text = typeof value === 'boolean' ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' ? [[key.toLowerCase(), text.trim()]] : [];
}

function failNotFound(named: NamedProfile, file: ProfileFile): never {
  const { path } = file;
  const names = profilesOf(file).map(({ name }) => name);
  fail({
    code: 'AUTH.PROFILE_NOT_FOUND',
    message: `there is no profile ${named.name} (from ${named.source}) in ${path}`,
    hint:
      names.length === 0
        ? `make it with: databricks configure --profile ${named.name}`
        : `it has ${names.join(', ')}; or make it with: databricks configure --profile ${named.name}`,
  });
}
