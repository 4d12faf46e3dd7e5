const client = 'typescript';

/** Runs the table of checks, area by area; tells each failure and, last, how many passed. Answers the number of failures. */
export async function runChecks({ areas, createWorld, write }) {
  const world = createWorld();
  let passed = 0;
  let failed = 0;
  for (const area of areas) {
    const { checks } = await import(`./${area}.js`);
    for (const [name, run] of Object.entries(checks)) {
      try {
        await run(world);
        passed += 1;
      } catch (fault) {
        failed += 1;
        write(`${client} ${area}: ${name}\n  ${reasonOf(fault)}`);
      }
    }
  }
  write(`${client}: ${passed} passed, ${failed} failed`);
  return failed;
}

function reasonOf(fault) {
  const { message = String(fault), statusCode, errorCode } = fault;
  const http = statusCode === undefined ? '' : `${statusCode} ${errorCode}: `;
  return `${http}${message}`.split('\n').slice(0, 12).join('\n  ');
}
