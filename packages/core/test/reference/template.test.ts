import fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';
import { asTemplate, fillTemplate, namesIn } from '../../src/reference/template.ts';

const environment = { ONCALL: 'ada@example.com', EMPTY: '', NESTED: '${env:ONCALL} $${x' };

describe('templates', () => {
  test.each<[string, readonly string[], string | undefined]>([
    ['${env:ONCALL}', ['ONCALL'], 'ada@example.com'],
    ['<${env:ONCALL}> and ${env:ONCALL}', ['ONCALL'], '<ada@example.com> and ada@example.com'],
    ['a${env:EMPTY}b', ['EMPTY'], undefined],
    ['${env:ONCALL}${env:GONE}', ['ONCALL', 'GONE'], undefined],
    ['$${env:ONCALL}', [], '${env:ONCALL}'],
    ['$$${env:ONCALL}', [], '$${env:ONCALL}'],
    ['${env:NESTED}', ['NESTED'], '${env:ONCALL} $${x'],
    ['${var.x} ${env:} ${ENV:ONCALL} $ {', [], '${var.x} ${env:} ${ENV:ONCALL} $ {'],
    ['', [], ''],
  ])('%p names %p and stands for %p', (template, names, value) => {
    expect(namesIn(template)).toEqual(names);
    expect(fillTemplate(template, environment)).toBe(value);
  });

  test('any text has a template that stands for it and names nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('$', '{', '}', 'env:', 'ONCALL', ' ', 'x')), (parts) => {
        const text = parts.join('');
        expect(namesIn(asTemplate(text))).toEqual([]);
        expect(fillTemplate(asTemplate(text), environment)).toBe(text);
      }),
    );
  });
});
