import { describe, expect, test } from 'vitest';
import { isEnding } from './pair';
import { Paired } from './paired';

function inbound(first: 'ring' | 'event' = 'ring'): Paired {
  const phone = new Paired();
  if (first === 'ring') phone.invite('leg', '+8613800001234');
  phone.delivered('cti', '13800001234');
  if (first === 'event') phone.invite('leg', '+8613800001234');
  return phone;
}
function answered(): Paired {
  const phone = inbound();
  phone.established('sip', 'leg');
  phone.established('wellcloud', 'cti', 'leg@exchange');
  return phone;
}
/** Our own call, which the far end has answered. */
function called(number = '13800001234'): Paired {
  const phone = new Paired();
  phone.ask(number);
  phone.originated('cti', `9${number}`);
  phone.invite('leg', '8001');
  phone.established('sip', 'leg');
  phone.delivered('cti', `9${number}`, 'outbound');
  phone.established('wellcloud', 'cti', 'leg@exchange');
  return phone;
}

describe('a call that comes in', () => {
  test('is one card, whichever link tells of it first, under the id that came first', () => {
    expect(inbound('ring').shown()).toEqual(['leg alerting']);
    expect(inbound('event').shown()).toEqual(['cti alerting']);
    for (const phone of [inbound('ring'), inbound('event')]) {
      const [card] = Object.values(phone.state.calls.byId);
      expect(card).toMatchObject({ link: 'wellcloud', voice: { link: 'sip', signalling: 'up' } });
    }
  });

  test('shows the name that only its ring carries', () => {
    const phone = new Paired();
    phone.delivered('cti', '1001');
    const remote = { number: '1001', name: 'Ada' };
    const ring = { type: 'delivered', callId: 'leg', link: 'sip', direction: 'inbound', at: 1, wallAt: 1 } as const;
    phone.sip({ ...ring, remote, answerAskedMs: 0 });

    expect(phone.call('cti')).toMatchObject({ remote, answerAskedMs: 0 });
  });

  test('is answered by its SIP leg, never by the server', () => {
    const phone = inbound();
    expect(phone.route({ type: 'answer', callId: 'leg' })).toEqual({
      link: 'sip',
      command: { type: 'answer', callId: 'leg' },
    });
    expect(phone.commands).toEqual([]);
  });

  test('is answered as soon as its ring comes, where Answer was quicker', () => {
    const phone = new Paired();
    phone.delivered('cti', '1001');
    expect(phone.route({ type: 'answer', callId: 'cti' }).link).toBe('wellcloud');
    phone.take({ type: 'answering', callId: 'cti' });
    phone.invite('leg', '1001');

    expect(phone.commands).toEqual([{ link: 'sip', command: { type: 'answer', callId: 'leg' } }]);
  });

  test.each([
    ['the server refuses that', (phone: Paired) => phone.take({ type: 'notAnswering', callId: 'cti' })],
    ['five seconds have passed', (phone: Paired) => phone.wait(5_001)],
  ])('rings on where Answer was quicker and %s before its ring comes', (_why, happens) => {
    const phone = new Paired();
    phone.delivered('cti', '1001');
    phone.take({ type: 'answering', callId: 'cti' });
    happens(phone);
    phone.link('sip', 'lost'); // its ring comes late, and is known all the same
    phone.invite('leg', '1001');
    expect(phone.shown()).toEqual(['cti alerting']);
    expect(phone.commands).toEqual([]);
  });

  test('leaves one record, whichever link tells of its end first', () => {
    for (const order of [['sip', 'wellcloud'] as const, ['wellcloud', 'sip'] as const]) {
      const phone = answered();
      for (const from of order) phone.cleared(from, from === 'sip' ? 'leg' : 'cti');
      phone.wait(10_000);
      expect(phone.ended()).toEqual(['leg']);
      expect(phone.shown()).toEqual([]);
    }
  });

  test('later than five seconds after the other is in doubt: two cards, and one again once the server names the leg', () => {
    const phone = new Paired();
    phone.invite('leg', '1001');
    phone.wait(5_001);
    phone.delivered('cti', '1001');
    expect(phone.shown()).toEqual(['leg alerting', 'cti alerting']);

    phone.established('sip', 'leg');
    phone.established('wellcloud', 'cti', 'leg@exchange');
    expect(phone.shown()).toEqual(['cti connected']);
    expect(phone.ended()).toEqual([]);
  });

  test('from a customer who was hung up on a moment ago is one card again', () => {
    const phone = answered();
    phone.cleared('sip', 'leg', 'local'); // the server has not said so yet
    phone.invite('leg2', '13800001234');
    phone.delivered('cti2', '13800001234');
    expect(phone.shown()).toEqual(['leg2 alerting']);
    phone.cleared('wellcloud', 'cti', 'local');
    expect(phone.shown()).toEqual(['leg2 alerting']);
  });

  test('with other digits is another call', () => {
    const phone = new Paired();
    phone.invite('leg', '1001');
    phone.delivered('cti', '1002');
    expect(phone.shown()).toEqual(['leg alerting', 'cti alerting']);
  });

  test('told late because call control was away is the card that rings already', () => {
    const phone = new Paired();
    phone.link('wellcloud', 'lost');
    phone.invite('leg', '1001');
    phone.established('sip', 'leg');
    phone.wait(60_000);
    phone.delivered('cti', '1001');
    phone.established('wellcloud', 'cti', 'leg@exchange');
    phone.link('wellcloud', 'up');

    expect(phone.shown()).toEqual(['leg connected']);
    expect(phone.call('leg')).toMatchObject({ link: 'wellcloud', signalling: 'up' });
  });

  test('a second from the same number stays by itself, and the server puts right what was paired crosswise', () => {
    const phone = new Paired();
    phone.invite('leg1', '1001');
    phone.delivered('cti2', '1001'); // its own ring comes later, and so does the event of the first
    phone.delivered('cti1', '1001');
    phone.invite('leg2', '1001');
    expect(phone.shown()).toHaveLength(3);

    phone.established('sip', 'leg1');
    phone.established('wellcloud', 'cti1', 'leg1@exchange');
    expect(phone.shown()).toContain('cti1 connected');
    expect(phone.call('cti1')).toMatchObject({ voice: { link: 'sip' } });
    expect(phone.shown().filter((card) => card.endsWith('connected'))).toEqual(['cti1 connected']);
  });

  test('refused before it rang: one record', () => {
    const away = { type: 'turnedAway', callId: 'away', link: 'sip', cause: 'doNotDisturb', at: 1, wallAt: 1 } as const;
    for (const first of ['ring', 'event']) {
      const phone = new Paired();
      if (first === 'ring') phone.sip({ ...away, remote: { number: '1001' } });
      phone.delivered('cti', '1001');
      if (first === 'event') phone.sip({ ...away, remote: { number: '1001' } });
      phone.cleared('wellcloud', 'cti', 'local', 'busy');
      expect(phone.ended()).toHaveLength(1);
    }
  });

  test('answered at another phone of the extension goes on, without a voice here', () => {
    const phone = inbound();
    phone.cleared('sip', 'leg', 'system');
    phone.established('wellcloud', 'cti', 'of-the-desk-phone');
    phone.wait(1_000);

    expect(phone.shown()).toEqual(['leg connected']);
    expect(phone.call('leg')).not.toHaveProperty('voice');
    expect(() => phone.route({ type: 'mute', callId: 'leg' })).toThrow(/no leg/);
    expect(phone.route({ type: 'clear', callId: 'leg' }).command).toEqual({ type: 'clear', callId: 'cti' });
  });
});

describe('a call of our own', () => {
  test('is one card from the first sign to the record, and connected only when the far end has answered', () => {
    const phone = new Paired();
    phone.ask('13800001234');
    phone.originated('cti', '913800001234');
    phone.invite('leg', '8001');
    phone.established('sip', 'leg');
    expect(phone.shown()).toEqual(['cti initiated']);
    phone.delivered('cti', '913800001234', 'outbound');
    expect(phone.shown()).toEqual(['cti alerting']);
    phone.established('wellcloud', 'cti', 'leg@exchange');
    expect(phone.shown()).toEqual(['cti connected']);

    phone.cleared('sip', 'leg');
    phone.cleared('wellcloud', 'cti');
    expect(phone.ended()).toEqual(['cti']);
  });

  test('rings here before the server has told of it: the same card all the same', () => {
    const phone = new Paired();
    phone.ask('13800001234');
    phone.invite('leg', '8001');
    expect(phone.shown()).toEqual(['leg initiated']);
    expect(phone.call('leg')).toMatchObject({ direction: 'outbound', remote: { number: '13800001234' } });
    phone.originated('cti', '913800001234');
    phone.established('sip', 'leg');
    expect(phone.shown()).toEqual(['leg initiated']);
    phone.established('wellcloud', 'cti', 'leg@exchange');
    expect(phone.shown()).toEqual(['leg connected']);
  });

  test.each(['ring', 'event'])(
    'to an emergency number is one on its card, whichever link tells of it first (%s)',
    (first) => {
      const phone = new Paired();
      phone.take({ type: 'asked', id: 'ask', call: { number: '112', emergency: true } });
      if (first === 'ring') phone.invite('leg', '8001');
      phone.originated('cti', '112');
      expect(phone.call(first === 'ring' ? 'leg' : 'cti')).toMatchObject({ emergency: true });
    },
  );

  test.each([
    ['nothing was asked for', (phone: Paired) => phone.invite('leg', '8001')],
    [
      'it shows another number',
      (phone: Paired) => {
        phone.ask('1001');
        phone.invite('leg', '1002');
      },
    ],
    [
      'it has rung already, though the server has not told of it',
      (phone: Paired) => {
        phone.ask('1001');
        phone.invite('mine', '8001');
        phone.commands.length = 0;
        phone.invite('leg', '8001');
      },
    ],
    [
      'a consultation has rung already',
      (phone: Paired) => {
        phone.ask('1001', 'customer');
        phone.invite('mine', '1001');
        phone.commands.length = 0;
        phone.invite('leg', '1001');
      },
    ],
    [
      'whom we call calls us, and the server has told of neither',
      (phone: Paired) => {
        phone.ask('1001');
        phone.invite('leg', '1001');
      },
    ],
    [
      'it has rung already',
      (phone: Paired) => {
        phone.ask('1001');
        phone.originated('cti', '91001');
        phone.invite('mine', '8001');
        phone.commands.length = 0;
        phone.invite('leg', '8001');
      },
    ],
    [
      'the server refused it',
      (phone: Paired) => {
        phone.ask('1001');
        phone.take({ type: 'refused', id: 'ask' });
        phone.invite('leg', '8001');
      },
    ],
    [
      'it comes long after the server took it',
      (phone: Paired) => {
        phone.ask('1001');
        phone.take({ type: 'accepted', id: 'ask' });
        phone.wait(5_001);
        phone.invite('leg', '8001');
      },
    ],
    [
      'whom we consult calls us at that moment',
      (phone: Paired) => {
        phone.ask('1001', 'customer');
        phone.delivered('theirs', '1001');
        phone.invite('leg', '1001');
      },
    ],
    [
      'the call has ended',
      (phone: Paired) => {
        phone.ask('1001');
        phone.originated('cti', '91001');
        phone.cleared('wellcloud', 'cti', 'remote', 'busy');
        phone.invite('leg', '8001');
      },
    ],
  ])('a ring is not answered by itself where %s', (_where, rings) => {
    const phone = new Paired();
    rings(phone);
    expect(phone.commands).toEqual([]);
    expect(phone.shown().some((card) => card.endsWith('alerting') || card.startsWith('cti'))).toBe(true);
  });

  test('to a colleague who calls us at that moment: our own ring is answered, and theirs is not', () => {
    const phone = new Paired();
    phone.ask('8002');
    phone.invite('theirs', '8002');
    phone.invite('mine', '8001');
    expect(phone.shown()).toEqual(['theirs alerting', 'mine initiated']);
    expect(phone.commands).toEqual([{ link: 'sip', command: { type: 'answer', callId: 'mine' } }]);
  });

  test('rings with the number that was asked to be shown, where one was', () => {
    const phone = new Paired();
    phone.take({ type: 'asked', id: 'ask', call: { number: '13800001234', shownAs: '138****1234' } });
    phone.invite('leg', '138****1234');
    expect(phone.commands).toEqual([{ link: 'sip', command: { type: 'answer', callId: 'leg' } }]);
  });

  test.each(['refused', 'accepted'] as const)(
    'is still known where another, asked for a moment later, was refused (%s)',
    (told) => {
      const phone = new Paired();
      phone.ask('1001', undefined, 'first');
      phone.ask('1001', undefined, 'second');
      if (told === 'accepted') phone.take({ type: 'accepted', id: 'first' });
      phone.take({ type: 'refused', id: 'second' });
      phone.invite('leg', '8001');
      expect(phone.shown()).toEqual(['leg initiated']);
    },
  );

  test('is still known where the one asked for before it was refused late', () => {
    const phone = new Paired();
    phone.ask('1002', undefined, 'first');
    phone.ask('1001', undefined, 'second');
    phone.take({ type: 'refused', id: 'first' });
    phone.invite('leg', '8001');
    expect(phone.call('leg')).toMatchObject({ state: 'initiated', remote: { number: '1001' } });
  });

  test('that the server takes, and of which nothing comes: the agent is told after ten seconds', () => {
    const phone = new Paired();
    phone.ask('1001');
    phone.wait(30_000); // the server may take its time
    phone.take({ type: 'accepted', id: 'ask' });
    phone.wait(9_999);
    expect(phone.state.notices).toEqual([]);
    phone.wait(1);
    expect(phone.state.notices).toMatchObject([{ code: 'outcomeUnknown' }]);
    phone.originated('cti', '91001');
    phone.invite('leg', '8001');
    expect(phone.commands).toEqual([]); // far too late to be it
  });

  test('that rings, is told, or is asked for while call control is away, is none of those', () => {
    const ways: ((phone: Paired) => void)[] = [
      (phone) => phone.invite('leg', '8001'),
      (phone) => phone.originated('cti', '91001'),
      (phone) => phone.link('wellcloud', 'lost'),
    ];
    for (const goesOn of ways) {
      const phone = new Paired();
      phone.ask('1001');
      phone.take({ type: 'accepted', id: 'ask' });
      goesOn(phone);
      phone.wait(60_000);
      expect(phone.state.notices).toEqual([]);
    }
  });

  test('hung up before the far end answers was cancelled, though our own leg had been answered', () => {
    const phone = new Paired();
    phone.ask('1001');
    phone.originated('cti', '91001');
    phone.invite('leg', '8001');
    phone.established('sip', 'leg');
    phone.cleared('sip', 'leg', 'local');
    expect(phone.call('cti')).toMatchObject({ state: 'cleared', clearedBy: 'local', cause: 'cancelled' });
  });

  test('sends what is behind the number once the far end has answered, and only then', () => {
    const phone = new Paired();
    phone.take({ type: 'asked', id: 'ask', call: { number: '1001', after: ',23' } });
    phone.originated('cti', '0851001'); // by another outside line than the first
    phone.invite('leg', '8001');
    phone.established('sip', 'leg');
    expect(phone.shown()).toEqual(['cti initiated']);
    phone.commands.length = 0;
    phone.established('wellcloud', 'cti', 'leg@exchange');
    expect(phone.commands).toEqual([{ link: 'sip', command: { type: 'sendDtmf', callId: 'leg', digits: ',23' } }]);
  });

  test('to somebody who is busy says so, though the SIP leg ends like any other', () => {
    const phone = called();
    phone.cleared('sip', 'leg');
    phone.cleared('wellcloud', 'cti', 'remote', 'busy');
    expect(phone.call('cti')).toMatchObject({ state: 'cleared', cause: 'busy' });
  });

  test('a consultation is answered by itself too, and says what it is about', () => {
    const phone = answered();
    phone.ask('8002', 'leg');
    phone.cti({ type: 'held', callId: 'cti', by: 'local' });
    phone.sip({ type: 'held', callId: 'leg', by: 'remote' }); // the server's re-INVITE
    phone.originated('cti2', '98002');
    phone.invite('leg2', '8002');

    expect(phone.commands).toEqual([{ link: 'sip', command: { type: 'answer', callId: 'leg2' } }]);
    expect(phone.shown()).toEqual(['leg held', 'cti2 initiated']);
    expect(phone.call('cti2')).toMatchObject({ consultFor: 'leg' });
    expect(phone.call('leg')).toMatchObject({ heldByRemote: false });
  });
});

describe('commands', () => {
  test('the server steers the call, the SIP leg has the voice', () => {
    const phone = called();
    const linkOf = (command: Parameters<Paired['route']>[0]) => phone.route(command);
    for (const type of ['hold', 'retrieve'] as const) {
      expect(linkOf({ type, callId: 'cti' })).toEqual({ link: 'wellcloud', command: { type, callId: 'cti' } });
    }
    for (const type of ['mute', 'unmute', 'clear'] as const) {
      expect(linkOf({ type, callId: 'cti' })).toEqual({ link: 'sip', command: { type, callId: 'leg' } });
    }
    expect(linkOf({ type: 'sendDtmf', callId: 'cti', digits: '1' }).link).toBe('sip');
    expect(linkOf({ type: 'consult', callId: 'cti', number: '8002' }).link).toBe('wellcloud');
    expect(linkOf({ type: 'login' }).link).toBe('wellcloud');
    expect(linkOf({ type: 'setDoNotDisturb', on: true }).link).toBe('sip');
    expect(linkOf({ type: 'tryNow', link: 'sip' }).link).toBe('sip');
  });

  test('two calls are named as the server names them', () => {
    const phone = answered();
    phone.ask('8002', 'leg');
    phone.originated('cti2', '98002');
    phone.invite('leg2', '8002');
    const both = { heldId: 'leg', activeId: 'cti2' };
    expect(phone.route({ type: 'completeTransfer', ...both })).toEqual({
      link: 'wellcloud',
      command: { type: 'completeTransfer', heldId: 'cti', activeId: 'cti2' },
    });
  });

  test('a call that the server does not know is an ordinary SIP call', () => {
    const phone = new Paired();
    phone.invite('leg', '1001');
    phone.established('sip', 'leg');
    expect(phone.route({ type: 'hold', callId: 'leg' })).toEqual({
      link: 'sip',
      command: { type: 'hold', callId: 'leg' },
    });
    expect(phone.call('leg')).toMatchObject({ link: 'sip', state: 'connected' });
  });
});

describe('a link is lost', () => {
  test('call control away: the call rings, is answered and hung up by SIP', () => {
    const phone = inbound();
    phone.link('wellcloud', 'lost');
    expect(phone.call('leg')).toMatchObject({ signalling: 'lost', voice: { signalling: 'up' } });
    expect(phone.route({ type: 'answer', callId: 'leg' }).link).toBe('sip');
    phone.established('sip', 'leg');
    expect(phone.shown()).toEqual(['leg connected']);
    expect(phone.route({ type: 'clear', callId: 'leg' }).link).toBe('sip');
    phone.cleared('sip', 'leg', 'local');
    expect(phone.ended()).toEqual(['leg']);

    phone.cleared('wellcloud', 'cti');
    phone.link('wellcloud', 'up');
    expect(phone.shown()).toEqual([]);
  });

  test('call control away, the far end hangs up: over at once', () => {
    const phone = answered();
    phone.link('wellcloud', 'lost');
    phone.cleared('sip', 'leg');
    expect(phone.ended()).toEqual(['leg']);
  });

  test('the SIP server away: Hang up goes to the server, and the microphone is let go', () => {
    const phone = answered();
    phone.link('sip', 'lost');
    expect(phone.call('leg')).toMatchObject({ signalling: 'up', voice: { signalling: 'lost' } });
    expect(phone.route({ type: 'clear', callId: 'leg' })).toEqual({
      link: 'wellcloud',
      command: { type: 'clear', callId: 'cti' },
    });
    phone.cleared('wellcloud', 'cti', 'local');
    expect(phone.ended()).toEqual(['leg']);
    expect(phone.commands).toEqual([{ link: 'sip', command: { type: 'clear', callId: 'leg' } }]);
  });

  test('both away: hung up here', () => {
    const phone = answered();
    phone.link('sip', 'lost');
    phone.link('wellcloud', 'lost');
    expect(phone.route({ type: 'clear', callId: 'leg' }).link).toBe('sip');
  });

  test('hung up here while the server knows nothing of it: it is told when it is back', () => {
    const phone = answered();
    phone.link('wellcloud', 'lost');
    phone.cleared('sip', 'leg', 'local');
    phone.wait(10_000);
    phone.link('wellcloud', 'up');
    phone.wait(1);
    expect(phone.commands).toEqual([{ link: 'wellcloud', command: { type: 'clear', callId: 'cti' } }]);
    expect(phone.shown()).toEqual([]);
  });

  test('a call that the server still has when it is back, and nobody ended here, is shown', () => {
    const phone = inbound();
    phone.link('wellcloud', 'lost');
    phone.cleared('sip', 'leg', 'system');
    expect(phone.shown()).toEqual([]);
    phone.established('wellcloud', 'cti', 'of-the-desk-phone');
    phone.link('wellcloud', 'up');
    expect(phone.shown()).toEqual(['cti again connected']);
  });
});

describe('the two sources disagree', () => {
  test('the server has let the call go, its sound goes on: it stays on the screen as a SIP call', () => {
    const phone = answered();
    phone.cleared('wellcloud', 'cti');
    expect(phone.shown()).toEqual(['leg connected']);
    phone.wait(2_000);
    expect(phone.shown()).toEqual(['leg connected']);
    expect(phone.call('leg')).toMatchObject({ link: 'sip' });
    expect(phone.call('leg')).not.toHaveProperty('voice');
    expect(phone.route({ type: 'hold', callId: 'leg' }).link).toBe('sip');
  });

  test('the far end was busy, and an announcement says so: a call that can be hung up', () => {
    const phone = new Paired();
    phone.ask('1001');
    phone.originated('cti', '91001');
    phone.invite('leg', '8001');
    phone.established('sip', 'leg');
    phone.cleared('wellcloud', 'cti', 'remote', 'busy');
    phone.wait(2_000);
    expect(phone.shown()).toEqual(['cti connected']);
    expect(phone.route({ type: 'clear', callId: 'cti' })).toEqual({
      link: 'sip',
      command: { type: 'clear', callId: 'leg' },
    });
  });

  test('a call shown again that is hung up here and lives on once more is shown once more', () => {
    const phone = answered();
    phone.cleared('sip', 'leg', 'local');
    phone.wait(8_000);
    phone.invite('leg2', '1002'); // the server's way of giving it a voice
    phone.established('wellcloud', 'cti', 'leg2@exchange');
    phone.cleared('sip', 'leg2', 'local');
    expect(phone.shown()).toEqual([]);
    phone.wait(8_000);
    expect(phone.shown()).toEqual(['cti again again connected']);
  });

  test('a call hung up here that lives on at the server is cleared there as well', () => {
    const phone = answered();
    phone.cleared('sip', 'leg', 'local');
    phone.wait(2_999);
    expect(phone.commands).toEqual([]);
    phone.wait(1);
    expect(phone.commands).toEqual([{ link: 'wellcloud', command: { type: 'clear', callId: 'cti' } }]);
    phone.cleared('wellcloud', 'cti', 'local');
    phone.wait(60_000);
    expect(phone.commands).toHaveLength(1);
    expect(phone.shown()).toEqual([]);
  });

  test.each([
    ['refuses to clear', (phone: Paired) => phone.take({ type: 'notCleared', callId: 'cti' })],
    ['still has after five seconds', (phone: Paired) => phone.wait(5_000)],
    [
      'still has when its link is back',
      (phone: Paired) => {
        phone.link('wellcloud', 'lost');
        phone.wait(600_000);
        expect(phone.shown()).toEqual([]);
        phone.link('wellcloud', 'up');
      },
    ],
  ])('a call hung up here that the server %s is shown again', (_what, happens) => {
    const phone = answered();
    phone.cleared('sip', 'leg', 'local');
    phone.wait(3_000);
    expect(phone.shown()).toEqual([]);
    happens(phone);
    expect(phone.shown()).toEqual(['cti again connected']);
    expect(phone.route({ type: 'clear', callId: 'cti again' })).toEqual({
      link: 'wellcloud',
      command: { type: 'clear', callId: 'cti' },
    });
    expect([...phone.pair.cti.values()].some(isEnding)).toBe(false); // nothing waits for it any more
  });
});

describe('a conference at the server', () => {
  function conference(): Paired {
    const phone = answered();
    phone.ask('8002', 'leg');
    phone.originated('cti2', '98002');
    phone.invite('leg2', '8002');
    phone.established('sip', 'leg2');
    phone.established('wellcloud', 'cti2', 'leg2@exchange');
    phone.cleared('wellcloud', 'cti2', 'system', 'conferenced');
    return phone;
  }

  test.each(['leg', 'leg2'])('goes on by the leg that the server keeps (%s ends)', (gone) => {
    const phone = conference();
    expect(phone.shown()).toEqual(['leg connected']);
    phone.cleared('sip', gone);
    phone.wait(10_000);

    expect(phone.shown()).toEqual(['leg connected']);
    const { command } = phone.route({ type: 'mute', callId: 'leg' });
    expect(command).toEqual({ type: 'mute', callId: gone === 'leg' ? 'leg2' : 'leg' });
  });

  test('shows the leg in use as muted or not, as it is', () => {
    const phone = conference();
    phone.sip({ type: 'muteChanged', callId: 'leg', muted: true });
    expect(phone.call('leg')).toMatchObject({ muted: true });
    phone.cleared('sip', 'leg');
    expect(phone.call('leg')).toMatchObject({ muted: false });
  });
});
