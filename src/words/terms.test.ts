import { expect, test } from 'vitest';
import { en } from './en';
import { zhCN } from './zh-CN';

/** Other names of things that the desk names already: who reads two names looks for two things. */
const OTHER_NAMES = [
  { texts: en, say: 'Agent ID', not: /agent number|job number|employee number/i },
  { texts: en, say: 'Barge in', not: /\bcoach/i },
  { texts: zhCN, say: '工号', not: /坐席号|座席号|员工号|坐席 ?ID/ },
  { texts: zhCN, say: '班长', not: /主管/ },
  { texts: zhCN, say: '示忙', not: /未就绪|置忙/ },
  { texts: zhCN, say: '就绪', not: /示闲|置闲/ },
  { texts: zhCN, say: '强插', not: /指导/ },
  { texts: zhCN, say: '坐席', not: /座席/ },
];

test.each(OTHER_NAMES)('one thing has one name: $say', ({ texts, say, not }) => {
  const all = Object.values(texts);

  expect(all.filter((text) => not.test(text))).toEqual([]);
  expect(all.some((text) => text.includes(say))).toBe(true);
});

test('a call that is not confirmed says what to do', () => {
  expect(en.mark_unconfirmed).toMatch(/Hang up/);
  expect(zhCN.mark_unconfirmed).toMatch(/挂断/);
});
