import type { ObjectName, Session } from '../session.ts';
import { informationSchema, partsOf, systemCatalog } from '../session.ts';
import { catalogNotFound, tableNotFound } from '../sql-errors.ts';
import { columnView } from './column-view.ts';
import { constraintViews } from './constraint-views.ts';
import type { InformationView } from './information-view.ts';
import { objectViews } from './object-views.ts';
import { privilegeViews } from './privilege-views.ts';
import { routineViews } from './routine-view.ts';
import { tagViews } from './tag-views.ts';

/** The views of `information_schema` by name. */
export const informationViews: Readonly<Record<string, InformationView>> = {
  ...objectViews,
  columns: columnView,
  ...tagViews,
  ...privilegeViews,
  ...constraintViews,
  ...routineViews,
};

/** Throws when the catalog or the view is unknown. */
export function requireInformationView(session: Session, name: ObjectName): void {
  const known = name.catalog === systemCatalog || session.unity.catalog(name.catalog) !== undefined;
  if (!known) throw catalogNotFound(name.catalog);
  const isView = name.schema === informationSchema && Object.hasOwn(informationViews, name.name);
  if (!isView) throw tableNotFound(partsOf(name));
}
