import { basename, isAbsolute, relative, resolve, sep } from 'node:path';

export interface RepositoryPathOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly directory: string;
}

/**
 * The path of a file as services that show a repository name it: from the root of the checkout if the working directory is in
 * one that `GITHUB_WORKSPACE` names, else from the working directory; with `/` between its parts, never absolute.
 */
export function repositoryPath(file: string, { environment, directory }: RepositoryPathOptions): string {
  const checkout = environment['GITHUB_WORKSPACE'] ?? '';
  const root = checkout !== '' && isInside(relative(checkout, directory)) ? checkout : directory;
  const path = relative(root, resolve(directory, file));
  // On another drive nothing leads there.
  return isAbsolute(path) ? basename(path) : path.split(sep).join('/');
}

function isInside(path: string): boolean {
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
