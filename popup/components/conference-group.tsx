// Those who talk together: each can be put on hold, out of the conference, or sent away. The verbs below act on all.
import { useState } from 'preact/hooks';
import type { CallCard, Mark } from '../view-model/cards';
import { partyLabel, partyLines } from '../view-model/cards';
import { Marks, Portrait, QualitySign } from './call-card';
import { CommandButton } from './command-button';
import { Icon } from './icon';
import { usePhone } from './phone-context';
import { QualityDetails } from './quality-details';
import { RefusalLine } from './refusal-line';
import { CallTimer } from './timer';

export function ConferenceGroup({ parties, marks }: { parties: readonly CallCard[]; marks: readonly Mark[] }) {
  const { words } = usePhone();
  const title = words.value('conference', { count: parties.length });
  return (
    <div class="conference" role="group" aria-label={title}>
      <h2>
        <Icon name="people" size={18} />
        {title}
      </h2>
      <Marks marks={marks} />
      {parties.map((card) => (
        <ConferenceParty key={card.call.id} card={card} />
      ))}
    </div>
  );
}

function ConferenceParty({ card }: { card: CallCard }) {
  const { words } = usePhone();
  const { id: callId, remote } = card.call;
  const { title: party, number } = partyLines(remote, words.value);
  const place = `call:${callId}` as const;
  const [opened, open] = useState(false);
  const details = opened ? card.quality : undefined;
  const detailsId = `quality-${callId}`;
  return (
    <div class="party" role="group" aria-label={partyLabel(remote, words.value)}>
      <Portrait card={card} size="row" />
      <div class="card-who">
        <h3 title={party}>
          <bdi>{party}</bdi>
        </h3>
        <p class="card-state">
          {number !== undefined && (
            <bdi class="card-number" title={number}>
              {number}
            </bdi>
          )}
          {card.quality && <QualitySign quality={card.quality} opened={opened} open={open} controls={detailsId} />}
        </p>
      </div>
      <CallTimer from={card.timerFrom} />
      <div class="party-buttons">
        <CommandButton
          class="small"
          command={{ type: 'hold', callId }}
          place={place}
          tip={words.value('holdOut', { party })}
        >
          <Icon name="pause" size={16} />
          <span class="unseen">{words.value('hold')}</span>
        </CommandButton>
        <CommandButton
          class="small danger"
          command={{ type: 'clear', callId }}
          place={place}
          tip={words.value('hangUpWith', { party })}
        >
          <Icon name="hangUp" size={16} />
          <span class="unseen">{words.value('hangUp')}</span>
        </CommandButton>
      </div>
      {details && <QualityDetails id={detailsId} figures={details.details} course={details.course} />}
      <Marks call={card.call} marks={card.marks} />
      <RefusalLine place={place} />
    </div>
  );
}
