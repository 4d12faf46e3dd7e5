import { labelOf, variable } from '../attributes.ts';
import { authError } from '../auth-problem.ts';
import { exchangeIdToken } from '../exchange-id-token.ts';
import { missing, type Method, type MethodContext } from '../method.ts';

/** A token of an identity provider that stands in a variable, by GitLab for instance. */
export const envOidc: Method = {
  name: 'env-oidc',
  consider(context) {
    const named = context.settings.get('oidc_token_env');
    const name = named?.value ?? 'DATABRICKS_OIDC_TOKEN';
    const found = variable(context.environment, name);
    if (found === undefined) {
      const by = named === undefined ? '' : `, which ${named.source} names,`;
      return missing(`the variable ${name}${by} is not set`);
    }
    context.redactor.learn(found.value);
    return {
      status: 'ready',
      source: `env-oidc with the token of ${name}`,
      signIn: exchangeIdToken(context, async () => found.value),
    };
  },
};

/** A token of an identity provider in a file, which somebody keeps new: it is read again each time. */
export const fileOidc: Method = {
  name: 'file-oidc',
  consider(context) {
    const path = context.settings.get('oidc_token_filepath');
    if (path === undefined) return missing(`no ${labelOf('oidc_token_filepath')}`);
    return {
      status: 'ready',
      source: `file-oidc with the token in ${path.value}`,
      signIn: exchangeIdToken(context, () => tokenInFile(path.value, context)),
    };
  },
};

async function tokenInFile(path: string, { readFile, redactor }: MethodContext): Promise<string> {
  const text = await readFile(path).catch(() => null);
  const token = text?.trim() ?? '';
  if (token !== '') return token;
  const state = text === undefined ? 'does not exist' : text === null ? 'cannot be read' : 'is empty';
  throw authError(
    {
      code: 'AUTH.INCOMPLETE',
      message: `the file ${path} with the token of the identity provider ${state}`,
      hint: 'correct DATABRICKS_OIDC_TOKEN_FILEPATH, or have the token written there before dpo runs',
    },
    redactor,
  );
}
