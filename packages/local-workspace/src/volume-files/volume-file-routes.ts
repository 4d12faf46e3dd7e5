import type { Paging } from '../api/paging.ts';
import type { Route } from '../api/route.ts';
import { directoryRoutes } from './directory-routes.ts';
import { fileRoutes } from './file-routes.ts';
import type { VolumeFileServices } from './located-volume.ts';
import { unservedFileRoutes } from './unserved-routes.ts';

/** The Files API for volumes. Nothing here touches the file system of the host. */
export function volumeFileRoutes(services: VolumeFileServices & { readonly paging: Paging }): readonly Route[] {
  return [...fileRoutes(services), ...directoryRoutes(services), ...unservedFileRoutes()];
}
