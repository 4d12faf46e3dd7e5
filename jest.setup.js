import nodeConsole from 'node:console';
import { afterEach, jest } from '@jest/globals';

// oclif prints with console.log and jest's console adds a header to every line; Node's own can be captured exactly.
globalThis.console = nodeConsole;

// How fast something is, benchmarks tell; a busy machine must not fail a test.
jest.setTimeout(120_000);

// oclif sets process.exitCode when a command fails; jest would exit with it although every test passed.
afterEach(() => {
  process.exitCode = undefined;
});
