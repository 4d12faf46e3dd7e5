import { access } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import {
  configSchema,
  convertConfig,
  newConfigText,
  readConfigFile,
  schemaFileName,
  withSchemaLine,
} from '@dpo/config';
import { fail, type Problem } from '@dpo/core';
import type { Connected } from '../session.ts';
import { askAll, askCi, askProject, type AnswerRequest, type Given } from './answers.ts';
import type { Dialogue } from './dialogue.ts';
import { missingLines } from './ignore-lines.ts';
import { lookAround, tagOf } from './look-around.ts';
import { checkNewFiles, writeNewFiles, type WriteRequest, type WrittenFile } from './new-files.ts';
import { workflowPath, workflowText } from './workflow.ts';

export interface InitFlags extends Given {
  readonly from?: string | undefined;
  readonly 'from-tags'?: boolean | undefined;
  readonly tag?: string | undefined;
  readonly explicit?: boolean | undefined;
  readonly directory: string;
  readonly force?: boolean | undefined;
}

export interface InitRequest {
  readonly flags: InitFlags;
  readonly workingDirectory: string;
  readonly dialogue: Dialogue | undefined;
  readonly signal: AbortSignal;
  /** Tells people what goes on. */
  readonly say: (text: string) => void;
  /** Opens the workspace that the flags name. */
  readonly connect: () => Promise<Connected>;
}

export interface NewProject {
  readonly written: readonly WrittenFile[];
  /** Tables that the config lists. */
  readonly tables: number;
  /** Of a conversion: what is left out or acts differently. */
  readonly notCarried: readonly Problem[];
  /** That, and what else there is to know. */
  readonly problems: readonly Problem[];
  /** Tables found by their tag. */
  readonly found: readonly string[];
}

const configFile = 'dpo.yaml';

/** Asks for what the flags leave open, then writes the files of a new project: all of them, or none. */
export async function createProject(request: InitRequest): Promise<NewProject> {
  const { flags, workingDirectory, signal } = request;
  const directory = resolve(workingDirectory, flags.directory);
  refuseSameFile(request, directory);
  const write = (text: string | undefined, ci: boolean): WriteRequest => ({
    directory,
    files: filesOf(text, ci),
    rivals: ['dpo.yml'],
    force: flags.force === true,
  });
  // Nobody answers questions for nothing.
  await checkNewFiles(write(undefined, flags.ci !== 'none'));
  const asking: AnswerRequest = {
    given: flags,
    dialogue: request.dialogue,
    folder: basename(directory),
    tablesFound: flags['from-tags'] === true,
  };
  const made = flags.from === undefined ? await makeConfig(request, asking) : await convert(flags.from, asking);
  const ci = await askCi(asking);
  signal.throwIfAborted();
  const { text, ...rest } = made;
  const written = await writeNewFiles(write(withSchemaLine(text), ci));
  return { ...rest, written, problems: [...made.notCarried, ...(ci ? await misplaced(directory) : [])] };
}

type Made = Omit<NewProject, 'written' | 'problems'> & { readonly text: string };

/** GitHub reads the workflows at the root of a repository and no others. */
async function misplaced(directory: string): Promise<readonly Problem[]> {
  for (let folder = directory; ; folder = dirname(folder)) {
    // From the inside out.
    // oxlint-disable-next-line no-await-in-loop
    const isRoot = await access(join(folder, '.git')).then(
      () => true,
      () => false,
    );
    if (isRoot && folder === directory) return [];
    if (isRoot) return [notAtRoot(relative(folder, directory))];
    if (dirname(folder) === folder) return [];
  }
}

function notAtRoot(path: string): Problem {
  return {
    code: 'INIT.NOT_AT_ROOT',
    severity: 'note',
    message: `GitHub reads workflows at the root of the repository only, and '${path}' is a folder inside of it`,
    hint: `move ${workflowPath} to the root, and add to its job: defaults: { run: { working-directory: ${path}, shell: bash } }`,
  };
}

async function convert(from: string, asking: AnswerRequest): Promise<Made> {
  const text = await readConfigFile(from);
  const project = await askProject(asking);
  return { ...convertConfig({ file: from, text, project }), found: [] };
}

async function makeConfig(request: InitRequest, asking: AnswerRequest): Promise<Made> {
  const { flags, signal } = request;
  const tag = tagOf(flags.tag ?? 'monitor_enabled=true');
  const answers = await askAll(asking);
  if (flags['from-tags'] !== true) {
    return { text: newConfigText(answers), tables: answers.tables.length, notCarried: [], found: [] };
  }
  const { catalog, project, warehouseId } = answers;
  const workspace = await request.connect();
  try {
    request.say(`looking for tables of ${catalog} with the tag ${tag.name} = '${tag.value}'`);
    const { tables, otherOwners } = await lookAround(workspace, { catalog, project, tag, warehouseId, signal });
    for (const name of tables) request.say(`  ${name}`);
    const remark = `tag ${tag.name} = '${tag.value}'`;
    const text = newConfigText({
      ...answers,
      ...(flags.explicit === true ? { tables: tables.map((name) => ({ name, remark })) } : { tag }),
      ...(otherOwners.length > 0 && { observabilitySchema: `${project}_monitoring` }),
    });
    return { text, tables: flags.explicit === true ? tables.length : 0, notCarried: [], found: tables };
  } finally {
    await workspace.close();
  }
}

function filesOf(config: string | undefined, ci: boolean): WriteRequest['files'] {
  return [
    { path: configFile, text: config },
    { path: schemaFileName, text: `${JSON.stringify(configSchema, null, 2)}\n` },
    ...(ci ? [{ path: workflowPath, text: workflowText }] : []),
    { path: '.gitignore', missing: missingLines },
  ];
}

/** The only copy of what somebody wrote is not replaced by what was made of it. */
function refuseSameFile({ flags, workingDirectory }: InitRequest, directory: string): void {
  const target = join(directory, configFile);
  if (flags.from === undefined || resolve(workingDirectory, flags.from) !== target) return;
  fail({
    code: 'INIT.EXISTS',
    message: `${relative(workingDirectory, target)} is the file to convert: nothing was written`,
    hint: 'rename it first, or write somewhere else with --directory DIR',
  });
}
