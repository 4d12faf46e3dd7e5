import { fileURLToPath } from 'node:url';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { schemaCompiler } from '../dist/schema/compile-schema.js';
import { inlinedSchema } from '../dist/schema/schema-at.js';

const resolveDir = fileURLToPath(new URL('.', import.meta.url));

/** For esbuild: in the bundle the check of the config schema is code, not made anew by every command that reads a config. */
export const madeSchema = {
  name: 'made-schema',
  setup({ onLoad }) {
    onLoad({ filter: /config[\\/]src[\\/]schema[\\/]compile-schema\.ts$/ }, () => {
      const compiler = schemaCompiler(true);
      const code = standaloneCode.default(compiler, compiler.compile(inlinedSchema()));
      return { contents: `${code}\nexport const compileSchema = () => validate;`, loader: 'js', resolveDir };
    });
  },
};
