import { glob } from 'tinyglobby';
import { readConfigFile } from '../read-config-file.ts';
import type { IncludeFiles } from './read-included.ts';

/** The files of this machine. Names that start with a dot are only found by a glob that says so. */
export const nodeFiles: IncludeFiles = {
  read: readConfigFile,
  find: (pattern, folder) => glob(pattern, { cwd: folder, onlyFiles: true, expandDirectories: false }),
};
