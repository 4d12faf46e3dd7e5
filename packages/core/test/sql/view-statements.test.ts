import { describe, expect, test } from '@jest/globals';
import { alterView, createView, dropView } from '../../src/index.ts';

const name = "prod.obs.it's `x`";
const view = { name, query: 'SELECT 1', properties: { 'dpo.owner': "dpo:it's/prod" } };

describe('statements about views', () => {
  test('U088 a view is a plain one: never materialised, and dropped as what it is', () => {
    expect(createView(view)).toBe(
      "CREATE VIEW `prod`.`obs`.`it's ``x```\nTBLPROPERTIES ('dpo.owner' = 'dpo:it\\'s/prod')\nAS SELECT 1",
    );
    expect(dropView(name)).toBe("DROP VIEW `prod`.`obs`.`it's ``x```");
  });

  test('N013 T33 a change alters the view, so that its grants stay: it is never created over', () => {
    expect(alterView(view)).toBe("ALTER VIEW `prod`.`obs`.`it's ``x``` AS SELECT 1");
    expect(createView(view)).not.toContain('REPLACE');
  });
});
