import type { Scratch } from './scratch.ts';
import { answered, type Sighting } from './sighting.ts';

/** An upload into a directory that nobody made. */
export async function probeFiles(scratch: Scratch): Promise<readonly Sighting[]> {
  const { schema, mark, client } = scratch;
  const [catalog = '', inner = ''] = schema.split('.');
  const volumes = '/api/2.1/unity-catalog/volumes';
  scratch.owe(`volume ${schema}.${mark}`, () =>
    client.send({ method: 'DELETE', path: `${volumes}/${encodeURIComponent(`${schema}.${mark}`)}` }),
  );
  const body = { catalog_name: catalog, schema_name: inner, name: mark, volume_type: 'MANAGED' };
  await scratch.send({ method: 'POST', path: volumes, body });
  const place = [catalog, inner, mark, 'is', 'not', 'there.json'].map(encodeURIComponent).join('/');
  const path = `/api/2.0/fs/files/Volumes/${place}`;
  const put = await answered(scratch.send({ method: 'PUT', path, query: { overwrite: 'true' }, body: {} }));
  return [{ name: 'files_missing_parent', value: put.status === 'done' ? 'created' : 'refused' }];
}
