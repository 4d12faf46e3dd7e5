import { readFile, writeFile } from 'node:fs/promises';
import { decodePlan, encodePlan, fail, type Plan } from '@dpo/core';

export async function readPlanFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    return fail(
      { code: 'PLAN.NOT_FOUND', message: `plan file '${file}' cannot be read`, hint: 'make one: dpo plan --out FILE' },
      { cause: error },
    );
  }
}

/** A plan file for apply. The plan of a destroy is approved by naming the target, never by a file. */
export async function readApplicablePlan(file: string): Promise<Plan> {
  const plan = decodePlan(await readPlanFile(file), file);
  if (plan.mode !== 'destroy') return plan;
  return fail({
    code: 'PLAN.OTHER_MODE',
    message: `'${file}' is the plan of a destroy, which cannot be applied from a file`,
    hint: `run: dpo destroy --confirm ${plan.target.name}`,
  });
}

/** Readable by its owner only: a plan names tables and people. */
export async function writePlanFile(file: string, plan: Plan): Promise<void> {
  try {
    await writeFile(file, encodePlan(plan), { mode: 0o600 });
  } catch (error) {
    fail(
      {
        code: 'PLAN.NOT_WRITTEN',
        message: `plan file '${file}' cannot be written`,
        hint: 'name a file in a folder that exists: --out FILE',
      },
      { cause: error },
    );
  }
}
