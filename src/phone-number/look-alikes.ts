// What looks like a number and is none: dates, addresses of computers, cards, prices, ids, parts of links and e-mail addresses.
import { isDigit, isLetter, plainCodes } from './characters';
import { cueBefore } from './context-words';
import type { DigitGroup } from './stretches';

const tokenReach = 200; // characters looked back for the beginning of a link or an e-mail address

const fileEnding =
  /^\.(?:jpe?g|png|gif|webp|mp[34]|wav|amr|pdf|docx?|xlsx?|csv|txt|zip|html?|json|log|com|cn|net|org)(?![a-z])/i;

/** How many groups, from `first` on, make a date, an IPv4 address or a bank card together; 0 for none. */
export function lookAlikeGroups(plain: string, groups: readonly DigitGroup[], first: number): number {
  const [one, two, three, four] = groups.slice(first, first + 4);
  if (one === undefined || two === undefined || three === undefined) return 0;
  const between = (left: DigitGroup, right: DigitGroup) => plain.slice(left.to, right.from);
  const mark = between(one, two);
  const even = mark === between(two, three);

  if (even && /^[-/.]$/.test(mark) && isDate(one.digits, two.digits, three.digits)) {
    const clock = four !== undefined && four.digits.length <= 2 && between(three, four) === ' ';
    return clock ? 4 : 3;
  }
  if (four === undefined || !even || mark !== between(three, four)) return 0;
  const firstFour = [one, two, three, four];
  if (mark === '.' && isAddress(firstFour) && plain[four.to] !== '.') return 4;
  if (/^[- ]$/.test(mark) && firstFour.every(({ digits }) => digits.length === 4)) {
    const fifth = groups[first + 4];
    return fifth !== undefined && between(four, fifth) === mark && fifth.digits.length <= 4 ? 5 : 4;
  }
  return 0;
}

function isAddress(groups: readonly DigitGroup[]): boolean {
  return groups.every(({ digits }) => /^(?:0|[1-9]\d{0,2})$/.test(digits) && Number(digits) <= 255);
}

function isDate(one: string, two: string, three: string): boolean {
  const [year, month, day] = one.length === 4 ? [one, two, three] : [three, two, one];
  if (year.length !== 4 || month.length > 2 || day.length > 2) return false;
  const ordered = Number(month) <= 12 && Number(day) <= 31;
  const american = Number(month) <= 31 && Number(day) <= 12;
  return Number(year) >= 1900 && Number(year) <= 2100 && (ordered || american);
}

/** Whether the character before says that the digits are part of something else. */
export function gluedBefore(text: string, start: number): boolean {
  if (start === 0) return false;
  const raw = text.charAt(start - 1);
  const code = plainCodes[text.charCodeAt(start - 1)] ?? 0;
  if (/[$€£¥￥₹₽₩•●○×✕·]/.test(raw)) return true;
  const mark = String.fromCharCode(code);
  if (isLetter(code) || mark === '=' || mark === '/') {
    return isLatinBefore(text, start, mark) && cueBefore(text, start) !== 'phone';
  }
  if ('_@%*#&\\^~'.includes(mark) || /[~～<]/.test(raw))
    return mark !== '*' || text.charAt(start - 2) !== '*' || !endsBold(text, start);
  const further = start < 2 ? 0 : (plainCodes[text.charCodeAt(start - 2)] ?? 0);
  if (mark === '.' || mark === ':') return isDigit(further);
  if (mark === ',') return isDigit(further) && thousandsBefore(text, start - 1);
  return mark === '-' && (isLetter(further) || isDigit(further));
}

/** `**13800138000**` is bold in plain text, not a mask: two asterisks with no digit before them. */
function endsBold(text: string, start: number): boolean {
  return !/[\d*]$/.test(text.slice(Math.max(0, start - 6), start - 2));
}

function isLatinBefore(text: string, start: number, mark: string): boolean {
  if (mark !== '/') return true;
  const further = start < 2 ? 0 : (plainCodes[text.charCodeAt(start - 2)] ?? 0);
  return isLetter(further) || isDigit(further) || text.charAt(start - 2) === '/';
}

function thousandsBefore(text: string, comma: number): boolean {
  return /(?:^|\D)\d{1,3}$/.test(text.slice(Math.max(0, comma - 4), comma));
}

/** Whether what follows says so: a unit, a currency, a mask, a thousand's comma, a letter. `behind` is the first index behind. */
export function gluedAfter(text: string, behind: number): boolean {
  const raw = text.charAt(behind);
  if (raw === '') return false;
  if (/[€£¥￥₹₽₩元圆块角万萬亿件个個条條岁歲年月吨斤克•●○×✕·]/.test(raw)) return true;
  const code = plainCodes[text.charCodeAt(behind)] ?? 0;
  const mark = String.fromCharCode(code);
  if (isLetter(code)) return true;
  if ('_@%=\\^~'.includes(mark) || raw === '～') return true;
  if (mark === '*') return !/^\*\*(?![\d*])/.test(text.slice(behind, behind + 3));
  const next = plainCodes[text.charCodeAt(behind + 1)] ?? 0;
  if (mark === ',') return /^[,，]\d{3}(?!\d)/.test(text.slice(behind, behind + 5));
  if (mark === ':') return isDigit(next);
  if (mark === '.') return isDigit(next) || fileEnding.test(text.slice(behind, behind + 8));
  if (mark === '#') return isDigit(next);
  return (mark === '-' || mark === '/') && (isLetter(next) || next === 0x5f);
}

/** Whether the digits stand inside a link, a path or an e-mail address. */
export function insideLink(text: string, start: number, behind: number): boolean {
  let begin = start;
  while (begin > 0 && start - begin < tokenReach && isPrintableAscii(text.charCodeAt(begin - 1))) begin--;
  const head = text.slice(begin, start);
  if (/(?:[a-z]:\/\/|www\.|@|[a-z0-9]\.[a-z]{2,}[/:?])/i.test(head) && !/[,;|<>"']$/.test(head)) return true;
  return /^[\w.+-]{0,40}@[a-z]/i.test(text.slice(behind, behind + 60));
}

function isPrintableAscii(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}

/** Whether a solid piece of digits reads as a date, a moment or a Unix time rather than a number. */
export function solidLookAlike(digits: string): boolean {
  if (/^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{2}|\d{4}|\d{6})?$/.test(digits)) return true;
  return /^(\d)\1{6,}$/.test(digits);
}
