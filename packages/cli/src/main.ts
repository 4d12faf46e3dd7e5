/** Where `bin/run.js` begins; with the commands an entry of the bundle. */
export { execute } from '@oclif/core';
