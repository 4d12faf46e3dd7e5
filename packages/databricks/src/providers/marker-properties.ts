import type { Marker } from '@dpo/core';

const ownerProperty = 'dpo.owner';
const lineageProperty = 'dpo.lineage';
const ownerPrefix = 'dpo:';
const lineagePrefix = 'dpo-lineage:';

type Properties = Readonly<Record<string, string>>;

/** Who made a schema or a view, by its properties. */
export function markerOf(properties: Properties): Marker | undefined {
  const owner = after(ownerPrefix, properties[ownerProperty]);
  const lineage = after(lineagePrefix, properties[lineageProperty]);
  return owner === undefined ? undefined : { owner, ...(lineage === undefined ? {} : { lineage }) };
}

function after(prefix: string, text: string | undefined): string | undefined {
  return text?.startsWith(prefix) === true && text.length > prefix.length ? text.slice(prefix.length) : undefined;
}

export function propertiesOf(marker: Marker): Properties {
  return {
    [ownerProperty]: `${ownerPrefix}${marker.owner}`,
    ...(marker.lineage === undefined ? {} : { [lineageProperty]: `${lineagePrefix}${marker.lineage}` }),
  };
}
