import { normaliseProblemType, settingFault, tableNameFault, type NewConfig, type ProfileType } from '@dpo/config';
import { fail } from '@dpo/core';
import type { Dialogue } from './dialogue.ts';
import { answerTo, type Question } from './question.ts';

/** What the flags of `dpo init` answer in advance. */
export interface Given {
  readonly project?: string | undefined;
  readonly catalog?: string | undefined;
  readonly table?: readonly string[] | undefined;
  readonly warehouse?: string | undefined;
  readonly mode?: string | undefined;
  readonly folder?: string | undefined;
  readonly 'profile-type'?: string | undefined;
  readonly 'timestamp-column'?: string | undefined;
  readonly 'prediction-column'?: string | undefined;
  readonly 'model-id-column'?: string | undefined;
  readonly 'label-column'?: string | undefined;
  readonly 'problem-type'?: string | undefined;
  readonly ci?: string | undefined;
}

export interface AnswerRequest {
  readonly given: Given;
  readonly dialogue: Dialogue | undefined;
  /** Name of the folder, from which a name of the project is made up. */
  readonly folder: string;
  /** The tables come from elsewhere. */
  readonly tablesFound: boolean;
}

export type Answers = Omit<NewConfig, 'tag' | 'observabilitySchema'>;

export const ciChoices = ['github', 'none'] as const;
const modes = ['full', 'bulk_provision_only'] as const;
const profileTypes: readonly ProfileType[] = ['SNAPSHOT', 'TIMESERIES', 'INFERENCE'];

export async function askProject({ given, dialogue, folder }: AnswerRequest): Promise<string> {
  const question: Question = {
    flag: 'project',
    text: 'Name of this config, which marks what dpo makes',
    fallback: projectOf(folder),
    fault: (answer) => settingFault(['project'], answer),
  };
  return answerTo(question, given.project, dialogue);
}

export async function askCi({ given, dialogue }: AnswerRequest): Promise<boolean> {
  const text = `CI workflow to write, ${ciChoices.join(' or ')}`;
  const question = oneOf({ flag: 'ci', text, values: ciChoices, fallback: 'github' });
  return (await answerTo(question, given.ci, dialogue)).toLowerCase() === 'github';
}

/** Everything for a new config. Rejects with a usage error for an answer that no config may have. */
export async function askAll(request: AnswerRequest): Promise<Answers> {
  const { given, dialogue, tablesFound } = request;
  const [first] = given.table ?? [];
  const catalog = await answerTo(
    {
      flag: 'catalog',
      text: 'Catalog of the tables',
      fallback: first?.includes('.') === true ? first.split('.')[0] : undefined,
      fault: (answer) => settingFault(['catalog_name'], answer),
    },
    given.catalog,
    dialogue,
  );
  const tables = tablesFound ? [] : await askTables(request, catalog);
  const project = await askProject(request);
  const warehouse = await answerTo(
    {
      flag: 'warehouse',
      text: 'Id of the SQL warehouse',
      fallback: '',
      fault: (answer) => settingFault(['warehouse_id'], answer),
    },
    given.warehouse,
    dialogue,
  );
  const mode = await answerTo(
    oneOf({ flag: 'mode', text: 'Mode, full or bulk_provision_only', values: modes, fallback: 'full' }),
    given.mode,
    dialogue,
  );
  const folder = await answerTo(
    {
      flag: 'folder',
      text: 'Workspace folder for what dpo keeps, that only your team may manage',
      fallback: '',
      fault: (answer) => settingFault(['dashboard_parent_path'], answer),
    },
    given.folder,
    dialogue,
  );
  const profile = await askProfile(request);
  return {
    project,
    catalog,
    mode: mode.toLowerCase() === 'full' ? 'full' : 'bulk_provision_only',
    ...(warehouse === '' ? {} : { warehouseId: warehouse }),
    ...(folder === '' ? {} : { folder }),
    ...profile,
    tables: tables.map((name) => ({ name })),
  };
}

async function askTables({ given, dialogue }: AnswerRequest, catalog: string): Promise<readonly string[]> {
  const fault = (answer: string): string | undefined =>
    namesIn(answer).length === 0
      ? 'no table is named'
      : namesIn(answer)
          .map((name) => tableFault(name, catalog))
          .find((wrong) => wrong !== undefined);
  const text = `Tables to profile, as ${catalog}.schema.table, with blanks in between`;
  const said = await answerTo({ flag: 'table', text, fault }, given.table?.join(' '), dialogue);
  const names = new Map(namesIn(said).map((name) => [name.toLowerCase(), name]));
  return [...names.values()];
}

function namesIn(answer: string): readonly string[] {
  return answer.split(/[\s,]+/).filter((name) => name !== '');
}

function tableFault(name: string, catalog: string): string | undefined {
  const fault = tableNameFault(name, catalog);
  if (fault !== undefined) return `${fault.message}; ${fault.hint}`;
  if (/[*?]/.test(name)) return `'${name}' is a pattern, not the name of a table`;
  const [own = ''] = name.split('.');
  return own.toLowerCase() === catalog.toLowerCase() ? undefined : `'${name}' is not in the catalog '${catalog}'`;
}

/** The columns that a profile type needs, by the key of the config. */
const columnsOf: Readonly<Record<ProfileType, readonly (readonly [key: ColumnKey, what: string])[]>> = {
  SNAPSHOT: [],
  TIMESERIES: [['timestamp_column', 'Column of time']],
  INFERENCE: [
    ['timestamp_column', 'Column of time'],
    ['prediction_column', "Column of the model's answer"],
    ['model_id_column', "Column of the model's id or version"],
  ],
};

type ColumnKey = 'timestamp_column' | 'prediction_column' | 'model_id_column' | 'label_column';

async function askProfile({
  given,
  dialogue,
}: AnswerRequest): Promise<Pick<Answers, 'profileType' | 'columns' | 'problemType'>> {
  const text = `Profile type, ${profileTypes.join(', ')}`;
  const choice = oneOf({ flag: 'profile-type', text, values: profileTypes, fallback: 'SNAPSHOT' });
  const said = (await answerTo(choice, given['profile-type'], dialogue)).toUpperCase();
  const profileType = profileTypes.find((type) => type === said) ?? 'SNAPSHOT';
  refuseUnused(given, profileType);
  const columns: Partial<Record<ColumnKey, string>> = {};
  const ask = async (key: ColumnKey, what: string, fallback?: string): Promise<string> => {
    const flag = key.replaceAll('_', '-') as `${'timestamp' | 'prediction' | 'label'}-column`;
    const fault = (answer: string): string | undefined => settingFault(['profile_defaults', key], answer);
    const answer = await answerTo({ flag, text: what, fallback, fault }, given[flag], dialogue);
    if (answer !== '') columns[key] = answer;
    return answer;
  };
  for (const [key, what] of columnsOf[profileType]) {
    // One question after the other.
    // oxlint-disable-next-line no-await-in-loop
    await ask(key, what);
  }
  if (profileType !== 'INFERENCE') return { profileType, columns };
  const label = await ask('label_column', 'Column of the true answer', '');
  const problem: Question = {
    flag: 'problem-type',
    text: 'What the model answers, CLASSIFICATION or REGRESSION',
    // The values of the label column tell.
    fallback: label === '' ? 'CLASSIFICATION' : '',
    fault: (answer) => settingFault(['profile_defaults', 'problem_type'], answer),
  };
  const problemType = normaliseProblemType(await answerTo(problem, given['problem-type'], dialogue));
  return { profileType, columns, problemType };
}

const columnFlags = [
  'timestamp-column',
  'prediction-column',
  'model-id-column',
  'label-column',
  'problem-type',
] as const;

/** A column that nobody looks at is a mistake in the flags. */
function refuseUnused(given: Given, profileType: ProfileType): void {
  const used: readonly string[] = columnsOf[profileType].map(([key]) => key.replaceAll('_', '-'));
  const unused = columnFlags.find((flag) => given[flag] !== undefined && !used.includes(flag));
  if (unused === undefined || profileType === 'INFERENCE') return;
  fail({
    code: 'USAGE',
    message: `--${unused}: a ${profileType} profile has no use for it`,
    hint: 'leave it out, or give --profile-type another value',
  });
}

interface Choice {
  readonly flag: string;
  readonly text: string;
  readonly values: readonly string[];
  readonly fallback: string;
}

function oneOf({ flag, text, values, fallback }: Choice): Question {
  const isOne = (answer: string): boolean => values.some((value) => value.toLowerCase() === answer.toLowerCase());
  return {
    flag,
    text,
    fallback,
    fault: (answer) => (isOne(answer) ? undefined : `'${answer}' is not one of: ${values.join(', ')}`),
  };
}

/** As much of a folder's name as the name of a project may have. */
export function projectOf(folder: string): string {
  const name = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .replaceAll(/^[-_]+|[-_]+$/g, '')
    .slice(0, 63);
  return name === '' ? 'dpo' : name;
}
