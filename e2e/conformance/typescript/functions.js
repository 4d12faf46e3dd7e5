import assert from 'node:assert/strict';
import { collect, fails } from './world.js';

const inSchema = ({ catalog_name: catalog, name }) => ({ catalog_name: catalog, schema_name: name });

export const checks = {
  'lists none in a new schema': async ({ client, schema }) => {
    assert.deepEqual(await collect(client.functions.list(inSchema(await schema()))), []);
  },

  'tells that one is missing': async ({ client }) => {
    const error = await fails(client.functions.get({ name: 'conf.data.none' }), {
      status: 404,
      code: 'FUNCTION_DOES_NOT_EXIST',
      message: "Function 'conf.data.none' does not exist.",
    });
    assert.equal(error.statusCode, 404);
  },
};
