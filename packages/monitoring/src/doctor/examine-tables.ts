import { kindOf, nameOf, type Desired, type Examination } from '@dpo/core';

const check = 'tables';
const mostNames = 5;

/** Whether the tables that the config asks for can be read and monitored as asked. */
export function examineTables({ resources, undecided, skipped, problems }: Desired): readonly Examination[] {
  const monitors = resources.filter(({ address }) => kindOf(address) === 'monitor').length;
  const found: Examination = {
    check,
    verdict: monitors === 0 ? 'warn' : 'pass',
    message: `${String(monitors)} ${monitors === 1 ? 'table' : 'tables'} can be monitored as the config asks`,
  };
  const told = new Set(undecided.map(({ problem }) => problem.message));
  const errors = problems.filter(({ severity, message }) => severity === 'error' && !told.has(message));
  return [
    found,
    ...undecided.map(({ address, problem }): Examination => ({
      check,
      subject: `table ${nameOf(address)}`,
      verdict: 'fail',
      message: problem.message,
      code: problem.code,
      ...(problem.hint === undefined ? {} : { hint: problem.hint }),
    })),
    ...errors.map(({ code, message, hint }): Examination => ({
      check,
      verdict: 'fail',
      message,
      code,
      ...(hint === undefined ? {} : { hint }),
    })),
    ...(skipped.length === 0 ? [] : [leftOut(skipped)]),
  ];
}

function leftOut(skipped: Desired['skipped']): Examination {
  const shown = skipped.slice(0, mostNames).map(({ address, reason }) => `${nameOf(address)} (${reason})`);
  const more = skipped.length > mostNames ? ` and ${String(skipped.length - mostNames)} more` : '';
  return {
    check,
    verdict: 'warn',
    message: `${String(skipped.length)} left out: ${shown.join(', ')}${more}`,
    hint: 'dpo plan names each with its reason',
  };
}
