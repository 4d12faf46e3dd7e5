import nodeConsole from 'node:console';
import { afterEach } from '@jest/globals';

// oclif prints with console.log and jest's console adds a header to every line; Node's own can be captured exactly.
globalThis.console = nodeConsole;

// oclif sets process.exitCode when a command fails; jest would exit with it although every test passed.
afterEach(() => {
  process.exitCode = undefined;
});
