import {
  doubtfulObjects,
  examineNeeds,
  examineOwnership,
  type Desired,
  type Examination,
  type Principal,
  type ReadContext,
  type Recorded,
} from '@dpo/core';
import { completeRights, readRights, type Client } from '@dpo/databricks';
import { needsOf, ownershipNeedsOf } from '@dpo/monitoring';
import type { Project } from '../project.ts';

export interface GrantsRequest {
  readonly project: Project;
  readonly client: Client;
  readonly me: Principal;
  readonly desired: Desired;
  readonly recorded: Recorded;
}

/** Grants and ownership, as effective permissions tell them: read only, and what nobody can see is unknown (W029, T28). */
export async function examineGrants(request: GrantsRequest, context: ReadContext): Promise<readonly Examination[]> {
  const { project, client, me, desired, recorded } = request;
  const { loaded } = project;
  const needs = needsOf({ loaded, desired, recorded });
  const owned = ownershipNeedsOf({ loaded, recorded });
  const securables = [...needs, ...owned].map(({ securable }) => securable);
  const first = await readRights(client, { securables, me }, context);
  const doubtful = doubtfulObjects({ needs, rights: first, me });
  const rights = await completeRights(client, { rights: first, securables: doubtful, me }, context);
  const owner = loaded.config.owner ?? me.userName;
  return [...examineNeeds({ needs, rights, me }), ...examineOwnership({ needs: owned, rights, me, owner })];
}
