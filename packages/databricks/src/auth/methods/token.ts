import { tokenIn } from '../../client/connection.ts';
import { missing, type Method } from '../method.ts';

/** A personal access token, or any other that somebody hands over as it is. */
export const token: Method = {
  name: 'pat',
  consider({ settings, redactor }) {
    const found = settings.get('token');
    if (found === undefined) return missing('no token (DATABRICKS_TOKEN)');
    const value = tokenIn(found.value, found.source);
    redactor.learn(value);
    return { status: 'ready', source: found.source, token: value };
  },
};
