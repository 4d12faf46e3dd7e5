import type { Problem } from '@dpo/core';
import { renderGithub, renderSarif } from '@dpo/render';
import type { Format } from './format.ts';
import { repositoryPath } from './repository-path.ts';

/** What the formats for code hosts write of findings in files; undefined for every other format. */
export async function findingsDocument(
  format: Format,
  problems: readonly Problem[],
  run: { readonly version: string; readonly exitCode: number },
): Promise<string | undefined> {
  const environment = process.env;
  const pathOf = (file: string): string => repositoryPath(file, { environment, directory: process.cwd() });
  if (format === 'github') return renderGithub(problems, { pathOf });
  if (format !== 'sarif') return undefined;
  const { explanations } = await import('./generated/explanations.ts');
  const explain = (code: string): (typeof explanations)[number] | undefined =>
    explanations.find((explanation) => explanation.code === code);
  return renderSarif(problems, { ...run, pathOf, explain });
}
