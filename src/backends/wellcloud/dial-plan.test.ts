import { describe, expect, test } from 'vitest';
import { isInternal, openDialPlan } from './dial-plan';

const TRUNKS = { agentTrunks: [{ scanPrefix: '9' }, { scanPrefix: '0' }, { scanPrefix: '9' }] };
const plan = (prefix = '9', internalNumbers = ['8xxx']) => openDialPlan({ prefix, internalNumbers });

describe('the prefix of an outside line', () => {
  test('stands before every number of the outside world, and before no colleague’s', () => {
    expect(plan().target('13800138000')).toBe('913800138000');
    expect(plan().target('8002')).toBe('8002');
  });

  test.each(['80020', '802', '7002', '80o2', '+8002', '813800138000'])(
    '%s is no colleague’s: the whole number must fit',
    (number) => {
      expect(plan().target(number)).toBe(`9${number}`);
    },
  );

  test('keys that are no digits fit only themselves', () => {
    expect(isInternal('*8xx', ['*8xx'])).toBe(false);
    expect(isInternal('*812', ['*8xx'])).toBe(true);
  });

  test('none is dialled where neither the profile nor the server names one', () => {
    expect(plan('').target('13800138000')).toBe('13800138000');
    expect(plan('').choices()).toEqual([]);
  });

  test('the server’s are choices, each once and in its order, after the profile’s own', () => {
    const mine = plan('7');
    mine.learn(TRUNKS);
    expect(mine.choices()).toEqual(['7', '9', '0']);
    expect(mine.target('13800138000')).toBe('713800138000');
  });

  test('where the profile has none, the server’s first is dialled until another is chosen', () => {
    const mine = plan('');
    mine.learn(TRUNKS);
    expect(mine.target('13800138000')).toBe('913800138000');
    mine.choose('0');
    expect(mine.target('13800138000')).toBe('013800138000');
    mine.choose('');
    expect(mine.target('13800138000')).toBe('13800138000');
  });

  test('what is no choice is refused', () => {
    expect(() => plan().choose('5')).toThrow(expect.objectContaining({ code: 'linePrefixUnknown' }) as Error);
  });

  test('one that the server gives no more at the next login is chosen no more', () => {
    const mine = plan('');
    mine.learn(TRUNKS);
    mine.choose('0');
    mine.learn({ agentTrunks: [{ scanPrefix: '9' }, { scanPrefix: '7' }] });
    expect(mine.target('13800138000')).toBe('913800138000');
  });

  test.each([
    undefined,
    null,
    '',
    [],
    {},
    { agentTrunks: null },
    { agentTrunks: 'x' },
    { agentTrunks: [null, 7, {}, { scanPrefix: 9 }, { scanPrefix: 'abc' }, { scanPrefix: '9'.repeat(7) }] },
  ])('an answer that names none changes nothing: %j', (json) => {
    const mine = plan('');
    mine.learn(json);
    expect(mine.choices()).toEqual([]);
  });
});

test('a number that the server tells with our prefix is the one that was typed; dialled again it has one prefix', () => {
  const mine = plan();
  const typed = mine.typed(mine.target('13800138000'));
  expect(typed).toBe('13800138000');
  expect(mine.target(typed)).toBe('913800138000');
  expect(mine.typed('913900139000')).toBe('913900139000'); // a caller whose number begins so
});

describe('an extension behind a main number', () => {
  test.each(['938834600-WW8001', '38834600-w1', '938834600-WwW80'])('%s goes as it was typed', (number) => {
    expect(plan().target(number)).toBe(number);
  });

  test('one that stands after the number is dialled two seconds after the answer, or as long as was asked', () => {
    expect(plan().target('38834600', '8001')).toBe('938834600-WW8001');
    expect(plan().target('38834600', ',,8001')).toBe('938834600-WWWW8001');
  });

  test.each(['80#', ',8,0', '*1', '', ',,'])('tones that are no extension are refused: «%s»', (after) => {
    expect(() => plan().target('38834600', after)).toThrow(
      expect.objectContaining({ code: 'extensionAfterInvalid' }) as Error,
    );
  });
});
