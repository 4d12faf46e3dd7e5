import { grantStatement, ownerStatement } from '../sql/grant-statements.ts';
import type { Examination, Grant } from './examination.ts';
import type { Need, OwnershipNeed } from './needs.ts';
import {
  keyOf,
  ownershipOf,
  parentsOf,
  standingOf,
  type Principal,
  type RightsBySecurable,
  type Securable,
} from './rights.ts';

export interface NeedsRequest {
  readonly needs: readonly Need[];
  readonly rights: RightsBySecurable;
  readonly me: Principal;
}

/** One examination for each object: has, lacks or unknown for each privilege, and the statements that give what lacks. */
export function examineNeeds({ needs, rights, me }: NeedsRequest): readonly Examination[] {
  return settled(needs, rights).map((need) => examineNeed(need, { rights, me }));
}

/** Objects on which the identity is not known to have everything: worth a closer look. */
export function doubtfulObjects({ needs, rights, me }: NeedsRequest): readonly Securable[] {
  return settled(needs, rights)
    .filter(({ securable, privileges }) =>
      privileges.some((privilege) => standingOf(privilege, { securable, rights, me }) !== 'has'),
    )
    .map(({ securable }) => securable);
}

/** What is needed of what is there, each object once. */
function settled(needs: readonly Need[], rights: RightsBySecurable): readonly Need[] {
  const there = needs.filter(
    ({ securable, optional }) => optional !== true || rights.get(keyOf(securable))?.status !== 'absent',
  );
  return merged(there.map((need) => placed(need, rights)));
}

function examineNeed(
  need: Need,
  { rights, me }: { readonly rights: RightsBySecurable; readonly me: Principal },
): Examination {
  const { securable, privileges, purpose } = need;
  const subject = `${securable.type} ${securable.name}`;
  const found = rights.get(keyOf(securable));
  if (found?.status === 'absent') {
    const message = `it does not exist, or this identity may not see it (${purpose})`;
    return {
      check: 'grants',
      subject,
      verdict: 'fail',
      message,
      hint: 'check the name, or grant BROWSE on its catalog',
    };
  }
  const grants = privileges.map((privilege): Grant => ({
    privilege: privilege.replaceAll('_', ' '),
    standing: standingOf(privilege, { securable, rights, me }),
  }));
  const named = (standing: Grant['standing']): string =>
    grants.flatMap((grant) => (grant.standing === standing ? [grant.privilege] : [])).join(', ');
  const mend = (standing: Grant['standing']): readonly string[] => {
    const missing = privileges.filter((_privilege, index) => grants[index]?.standing === standing);
    return missing.length === 0 ? [] : [grantStatement(missing, securable, me.userName)];
  };
  const base = { check: 'grants', subject, grants } as const;
  if (named('lacks') !== '') {
    return { ...base, verdict: 'fail', message: `lacks ${named('lacks')} (${purpose})`, mend: mend('lacks') };
  }
  if (named('unknown') !== '') {
    const reason = found?.status === 'unreadable' ? `: ${found.reason}` : '';
    const message = `it cannot be seen whether it has ${named('unknown')} (${purpose})${reason}`;
    return { ...base, verdict: 'unknown', message, hint: 'if something is refused later, run:', mend: mend('unknown') };
  }
  return { ...base, verdict: 'pass', message: `has ${named('has')} (${purpose})` };
}

/** A schema that is not there asks for another privilege, of its catalog. */
function placed(need: Need, rights: RightsBySecurable): Need {
  const [catalog] = parentsOf(need.securable);
  const absent = rights.get(keyOf(need.securable))?.status === 'absent';
  if (need.makes !== true || !absent || catalog === undefined) return need;
  return {
    securable: catalog,
    privileges: ['USE_CATALOG', 'CREATE_SCHEMA'],
    purpose: `makes schema ${need.securable.name}`,
  };
}

/** One object is examined once, for whatever it is needed. */
function merged(needs: readonly Need[]): readonly Need[] {
  const byKey = new Map<string, Need>();
  for (const need of needs) {
    const known = byKey.get(keyOf(need.securable));
    byKey.set(keyOf(need.securable), known === undefined ? need : joined(known, need));
  }
  return [...byKey.values()];
}

function joined(one: Need, other: Need): Need {
  const purposes = new Set([...one.purpose.split('; '), other.purpose]);
  return {
    securable: one.securable,
    privileges: [...new Set([...one.privileges, ...other.privileges])],
    purpose: [...purposes].join('; '),
  };
}

export interface OwnershipRequest {
  readonly needs: readonly OwnershipNeed[];
  readonly rights: RightsBySecurable;
  readonly me: Principal;
  /** Who is to own it; the identity itself unless a group is. */
  readonly owner: string;
}

/** What was made by another owner cannot be altered, whatever was granted (W004). What is gone needs nothing. */
export function examineOwnership({ needs, rights, me, owner }: OwnershipRequest): readonly Examination[] {
  return needs.flatMap(({ securable, type, purpose }): readonly Examination[] => {
    const found = rights.get(keyOf(securable));
    if (found?.status === 'absent') return [];
    const base = { check: 'ownership', subject: `${type} ${securable.name}` } as const;
    const mend = [ownerStatement({ type, name: securable.name }, owner)];
    const standing = ownershipOf(found, me);
    if (standing === 'has')
      return [{ ...base, verdict: 'pass', message: 'belongs to this identity or to one of its groups' }];
    if (standing === 'unknown') {
      const hint = 'if a change is refused later, let its owner or a metastore admin run:';
      return [{ ...base, verdict: 'unknown', message: 'it cannot be seen who owns it', hint, mend }];
    }
    const who = found?.status === 'present' ? (found.owner ?? '') : '';
    const message = `belongs to '${who}', and only its owner may alter it: ${purpose}`;
    if (who.toLowerCase() === owner.toLowerCase()) {
      const join = `MANAGE is not enough; add ${me.userName} to '${who}'`;
      return [{ ...base, verdict: 'fail', message, hint: join }];
    }
    const hint = 'MANAGE is not enough; let its owner or a metastore admin run:';
    return [{ ...base, verdict: 'fail', message, hint, mend }];
  });
}
