import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDialable, type DialContext } from './dialable';
import { mustAsk } from './risk';

const typed: DialContext = { source: 'typed', country: 'CN' };
const page: DialContext = { source: 'page', country: 'CN' };
const read = (raw: unknown, context: DialContext = typed) => {
  const reading = readDialable(raw, context);
  return reading.ok ? reading.number : reading.code;
};

describe('what is typed', () => {
  test.each([
    ['13800138000', '13800138000', '138 0013 8000', 'mobile'],
    [' 138-0013 8000 ', '13800138000', '138 0013 8000', 'mobile'],
    ['(010) 6234-5678', '01062345678', '010 6234 5678', 'fixed'],
    ['+86 138 0013 8000', '+8613800138000', '138 0013 8000', 'mobile'],
    ['(+86)13800138000', '+8613800138000', '138 0013 8000', 'mobile'],
    ['４００－１２３－４５６７', '4001234567', '400 123 4567', 'tollFree'],
    ['١٣٨٠٠١٣٨٠٠٠', '13800138000', '138 0013 8000', 'mobile'],
    ['𝟙𝟛𝟠00138000', '13800138000', '138 0013 8000', 'mobile'],
    ['\u202e138\u200b0013\u20668000\u2069', '13800138000', '138 0013 8000', 'mobile'],
    ['8001', '8001', '8001', 'internal'],
    ['95588', '95588', '95588', 'service'],
    ['+1 212-555-0123', '+12125550123', '+1 212 555 0123', 'unknown'],
    ['*98', '*98', '*98', 'unknown'],
    ['**21*13800000000#', '**21*13800000000#', '**21*13800000000#', 'unknown'],
    ['**61*13800138000**20#', '**61*13800138000**20#', '**61*13800138000**20#', 'unknown'],
    ['**03**1234*5678*5678#', '**03**1234*5678*5678#', '**03**1234*5678*5678#', 'unknown'],
    ['tel:8001', '8001', '8001', 'internal'],
  ])('%s goes out as %s and is shown as %s', (raw, dial, shown, kind) => {
    expect(read(raw)).toMatchObject({ dial, shown, kind });
  });

  test.each([
    ['', 'numberEmpty'],
    [' \u3000\u200b', 'numberEmpty'],
    ['hello', 'notANumber'],
    ['---', 'notANumber'],
    ['138a0013', 'notANumber'],
    ['138****8000', 'notANumber'],
    ['138 **** 8000', 'notANumber'],
    ['1380013****', 'notANumber'],
    ['+', 'numberEmpty'],
    ['++8613800138000', 'plusMisplaced'],
    ['8613+800138000', 'plusMisplaced'],
    ['1'.repeat(41), 'numberTooLong'],
    ['1'.repeat(600), 'numberTooLong'],
    ['010-62345678 转 12345678901', 'numberTooLong'],
    ['sip:bob@evil.com', 'notATelephoneNumber'],
    ['skype:echo123', 'notATelephoneNumber'],
    ['javascript:alert(1)', 'notATelephoneNumber'],
    ['callto:bob', 'notATelephoneNumber'],
    [42, 'notANumber'],
    [null, 'notANumber'],
  ])('%s is refused: %s', (raw, code) => {
    expect(read(raw)).toBe(code);
  });

  test.each([
    ['1380000,,123#', '1380000', ',,123#'],
    ['13800138000;postd=pp22', '13800138000', ',,,22'],
    ['13800138000w5', '13800138000', ',5'],
    ['010-62345678 转 801', '01062345678', '801'],
    ['010-62345678 ext. 801', '01062345678', '801'],
    ['01062345678x801', '01062345678', '801'],
    ['tel:+861062345678;ext=801', '+861062345678', '801'],
  ])('%s dials %s and then sends %s', (raw, dial, after) => {
    expect(read(raw)).toMatchObject({ dial, after });
  });

  test('an emergency number goes out untouched and without a question', () => {
    for (const number of ['110', '119', '120', '122']) {
      const reading = readDialable(number, { ...typed, ownNumbers: [number] });

      expect(reading).toMatchObject({ ok: true, number: { dial: number, kind: 'emergency', risk: 'emergency' } });
      expect(reading.ok && mustAsk(reading.number, 'typed')).toBe(false);
    }
  });

  test('a prefix that may hide an emergency number is asked about', () => {
    for (const number of ['9110', '0110', '9-110']) {
      const reading = readDialable(number, typed);

      expect(reading.ok && mustAsk(reading.number, 'typed')).toBe(true);
    }
    expect(read('+1 911', { ...typed, country: 'US' })).not.toMatchObject({ kind: 'emergency' });
  });

  test('the own number is refused in whatever form', () => {
    const own = { ...typed, ownNumbers: ['+86 10 6234 5678', '8001'] };

    expect(read('010-62345678', own)).toBe('ownNumber');
    expect(read('8001', own)).toBe('ownNumber');
    expect(read('8002', own)).toMatchObject({ dial: '8002' });
  });
});

describe('what a page asks for', () => {
  test.each(['*#06#', '**21*13800000000#', '*2767*3855#', 'tel:*%2306%23', 'tel:**21*13800000000%23'])(
    '%s is no number a page may dial',
    (raw) => {
      expect(read(raw, page)).toBe('serviceCodeFromPage');
    },
  );

  test.each([
    ['tel:%2B86%20138%200013%208000', '+8613800138000'],
    ['tel:+86-138-0013-8000', '+8613800138000'],
    ['tel://13800138000', '13800138000'],
    ['TEL:010-62345678;phone-context=evil.com', '01062345678'],
    ['tel:62345678;phone-context=+8610', '+861062345678'],
    ['tel:13800138000;isub=12;foo=bar', '13800138000'],
    ['callto:+8613800138000', '+8613800138000'],
    ['sip:8001@pbx.example.com;transport=ws', '8001'],
    ['sips:+8613800138000@pbx.example.com:5061', '+8613800138000'],
  ])('%s dials %s', (raw, dial) => {
    expect(read(raw, page)).toMatchObject({ dial });
  });

  test('is decoded once only', () => {
    expect(read('tel:%252B8613800138000', page)).toBe('notANumber');
    expect(read('tel:%zz', page)).toBe('notANumber');
  });

  test('keeps an extension, loses its pauses', () => {
    expect(read('tel:+861062345678;ext=801', page)).toMatchObject({ after: '801' });
    for (const raw of ['1380000,,123#', 'tel:13800138000;postd=pp22', 'tel:13800138000w5', 'tel:13800138000,,9']) {
      const number = read(raw, page);
      expect(number).toMatchObject({ pausesDropped: true });
      expect(number).not.toHaveProperty('after');
    }
  });

  test.each([
    ['tel:110', 'emergency'],
    ['tel:+1-900-555-0123', 'premium'],
    ['+12125550123', 'foreign'],
    ['00882 1234567890', 'unknown'],
    ['+870773111632', 'premium'],
    ['8001', 'unknown'],
    ['+999123456', 'foreign'],
  ])('%s is asked about: %s', (raw, risk) => {
    const reading = readDialable(raw, page);

    expect(reading).toMatchObject({ ok: true, number: { risk } });
    expect(reading.ok && mustAsk(reading.number, 'page')).toBe(true);
  });

  test.each(['13800138000', '010-62345678', '400-123-4567', '+8613800138000', '62345678'])(
    '%s is usual here and needs no question',
    (raw) => {
      expect(read(raw, page)).toMatchObject({ risk: 'none' });
    },
  );

  test('a country dialled every day is not foreign', () => {
    expect(read('+85223456789', { ...page, usualCountries: ['HK'] })).toMatchObject({ risk: 'none', country: 'HK' });
  });
});

test('whatever comes in, nothing throws and only dialable characters go out', () => {
  const pieces = fc.constantFrom(
    '+',
    '1',
    '9',
    '０',
    '*',
    '#',
    'tel:',
    'ext',
    '转',
    ';',
    ',',
    '%2B',
    '\u202e',
    '-',
    'p',
  );
  const anything = fc.oneof(
    fc.string(),
    fc.anything(),
    fc.array(pieces, { maxLength: 30 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(anything, fc.constantFrom(typed, page), (raw, context) => {
      const reading = readDialable(raw, context);
      if (!reading.ok) return;
      expect(reading.number.dial).toMatch(context.source === 'page' ? /^\+?\d{3,20}$/ : /^\+?[\d*#+]+$/);
      expect(reading.number.after ?? '1').toMatch(/^[\d*#,]{1,32}$/);
    }),
    { numRuns: 3000 },
  );
});

describe('an extension behind a main number, where the server dials it itself', () => {
  const direct = { source: 'typed', country: 'CN', directExtensions: true } as const;

  test.each(['938834600-WW8001', '01062345678-w1'])('%s goes out as it was typed', (number) => {
    expect(readDialable(number, direct)).toMatchObject({ ok: true, number: { dial: number } });
    expect(readDialable(number, direct)).not.toHaveProperty('number.after');
  });

  test('the price of the main number counts, and our own number stays ours', () => {
    expect(readDialable('0044-WW8001', direct)).toMatchObject(riskOfMain('0044'));
    expect(readDialable('8001-WW1', { ...direct, ownNumbers: ['8001'] })).toEqual({ ok: false, code: 'ownNumber' });
  });

  test.each(['9388-34600-WW8001', '938834600-WW', '938834600--WW8001', '938834600-WW8001x', '938834600 -WW8001'])(
    'in no other form: %s',
    (number) => {
      const read = readDialable(number, direct);
      expect(read.ok && read.number.dial).not.toContain('W');
    },
  );

  test('never from a page, and not where the server knows no such thing', () => {
    const number = '938834600-WW8001';
    expect(readDialable(number, { ...direct, source: 'page' })).toMatchObject({
      number: { dial: '938834600', pausesDropped: true },
    });
    expect(readDialable(number, { ...direct, directExtensions: false })).toMatchObject({
      number: { dial: '938834600', after: ',,8001' },
    });
  });

  function riskOfMain(main: string) {
    const read = readDialable(main, direct);
    return { number: { risk: read.ok ? read.number.risk : 'none' } };
  }
});
