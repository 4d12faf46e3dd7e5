import { entriesAt, textAt, type Located } from '../located.ts';
import { tableNameFault } from '../table-name.ts';
import { shorten } from '../words.ts';
import { notCarried, type Change } from './change.ts';

/** Tables of another catalog than that of the file, which neither tool profiles from it. */
export function otherCatalogs(root: Located): Change {
  const catalog = textAt(root, 'catalog_name');
  const names = [...entriesAt(root, 'monitored_tables').keys()].filter(
    (name) =>
      catalog !== undefined &&
      tableNameFault(name, catalog) === undefined &&
      name.split('.')[0]?.toLowerCase() !== catalog.toLowerCase(),
  );
  return {
    edits: names.map((name) => ({ action: 'remove', path: ['monitored_tables', name] })),
    findings: names.map((name) => {
      const message = `table '${shorten(name)}' is in another catalog than '${shorten(catalog ?? '')}' and is left out`;
      return notCarried(root, {
        path: ['monitored_tables', name],
        message,
        hint: "write a config for each catalog, or name both under 'catalogs'",
      });
    }),
  };
}
