import { describe, expect, test } from '@jest/globals';
import { churn, desireOf, monitorIn, tableOf } from './support.ts';

const tags = { monitor_group: 'customers', team: 'sales', owner: 'ana' };

function factsOf(entry: string, more = '') {
  const text = `${more}monitored_tables:\n  ${churn}: { profile_type: SNAPSHOT${entry} }\n`;
  return (tagged: Readonly<Record<string, string>>) => monitorIn(desireOf(text, [tableOf({ tags: tagged })])).facts;
}

describe('what a monitor is selected by', () => {
  test('R051, R053 the group is that of the entry, else that of the tag, else default', () => {
    expect(factsOf(', monitor_group: ml_team')(tags)?.group).toBe('ml_team');
    expect(factsOf(', monitor_group: null')(tags)?.group).toBe('customers');
    expect(factsOf('')({})?.group).toBe('default');
  });

  test('U021 another tag may be the one of the group', () => {
    const facts = factsOf('', 'monitor_group_tag: team\n');
    expect(facts(tags)?.group).toBe('sales');
    expect(facts({ monitor_group: 'customers' })?.group).toBe('default');
  });

  test('the owner is that of the entry, else that of the tag', () => {
    expect([factsOf(', owner: bo')(tags)?.owner, factsOf('')(tags)?.owner]).toEqual(['bo', 'ana']);
  });

  test('labels are known by their text', () => {
    const labels = { tier: 'gold', year: '2026', pii: 'false' };
    expect(factsOf(', labels: { tier: gold, year: 2026, pii: false }')({})?.labels).toEqual(labels);
    expect(factsOf(', labels: null')({})).not.toHaveProperty('labels');
  });
});
