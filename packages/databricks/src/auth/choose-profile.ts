import { fail } from '@dpo/core';
import { originOf } from '../client/connection.ts';
import { attributeNames, familyOf, ofEnvironment, type AttributeName, type Found } from './attributes.ts';
import {
  defaultProfile,
  profileNamed,
  profilesOf,
  readProfileFile,
  type Environment,
  type NamedProfile,
  type Profile,
  type ProfileFile,
  type ReadFile,
} from './profile-file.ts';

export interface ProfileRequest {
  /** By flag, target or environment. */
  readonly named: NamedProfile | undefined;
  readonly host: Found | undefined;
  readonly environment: Environment;
  readonly readFile: ReadFile;
}

/** What looking for a profile came to; `looked` says it to people. */
export interface ChosenProfile {
  readonly profile: Profile | undefined;
  readonly looked: string;
}

/**
 * The profile that is named; else, for a known host without credentials, the one of that host, as the Databricks CLI chooses
 * it (https://github.com/databricks/cli, `libs/databrickscfg/loader.go`); else, without a host, the default one. Of that only
 * the place counts where the environment holds credentials. The file is not read when host and credentials are known.
 */
export async function chooseProfile(request: ProfileRequest): Promise<ChosenProfile> {
  const { named, host, environment, readFile } = request;
  const hasCredentials = attributeNames.some((name) => isCredential(name) && ofEnvironment(environment, name));
  if (named === undefined && host !== undefined && hasCredentials)
    return { profile: undefined, looked: 'no profile, as the environment says host and credentials' };
  const file = await readProfileFile(environment, readFile);
  if (named !== undefined) return found(profileNamed(file, named));
  if (host !== undefined) return ofHost(file, host);
  const profile = defaultProfile(file);
  if (profile === undefined) return { profile, looked: `profile DEFAULT of ${file.path} (not there)` };
  return found(hasCredentials ? placeOf(profile) : profile);
}

function isCredential(name: AttributeName): boolean {
  return name === 'auth_type' || familyOf(name) !== undefined;
}

function found(profile: Profile): ChosenProfile {
  return { profile, looked: `profile ${profile.name} of ${profile.path}` };
}

function placeOf(profile: Profile): Profile {
  const values = Object.entries(profile.values).filter(([name]) => !isCredential(name as AttributeName));
  return { ...profile, values: Object.fromEntries(values) };
}

function ofHost(file: ProfileFile, host: Found): ChosenProfile {
  const origin = originOf(host.value, host.source);
  const same = profilesOf(file).filter((profile) => isFor(profile, origin));
  const [first] = same;
  if (first === undefined) {
    return {
      profile: undefined,
      looked: file.exists ? `no profile of ${file.path} is for ${origin}` : `there is no ${file.path}`,
    };
  }
  if (same.length === 1) return found(first);
  const preferred = same.find(({ name }) => name === preferredName(file));
  if (preferred !== undefined) return found(preferred);
  return fail({
    code: 'AUTH.PROFILE_AMBIGUOUS',
    message: `several profiles of ${file.path} are for ${origin}: ${same.map(({ name }) => name).join(', ')}`,
    hint: 'choose one with --profile, or with DATABRICKS_CONFIG_PROFILE',
  });
}

function preferredName(file: ProfileFile): string {
  return defaultProfile(file)?.name ?? 'DEFAULT';
}

function isFor(profile: Profile, origin: string): boolean {
  const text = profile.values['host'];
  if (text === undefined) return false;
  try {
    return originOf(text, profile.name) === origin;
  } catch {
    return false;
  }
}
