import { approvalOf, decodePlan, fail, readApproval, type Approval } from '@dpo/core';
import { readPlanFile } from './plan-files.ts';

/** What `--expect` gives: a fingerprint, an approval of `plan --json`, or the name of a plan file. */
export async function readExpected(text: string): Promise<Approval> {
  const approval = readApproval(text);
  if (approval !== undefined) return approval;
  if (text.startsWith('fp:')) {
    fail({
      code: 'USAGE',
      message: `'${text}' is not a fingerprint`,
      hint: 'at least 16 hex digits of what dpo plan shows as Fingerprint, or the approval of dpo plan --json',
    });
  }
  return approvalOf(decodePlan(await readPlanFile(text), text));
}
