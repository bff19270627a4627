// The last calls: who, which way, when, how it went, and one press to call again.
import { useState } from 'preact/hooks';
import { levelOfScore } from '../../src/domain/mean-opinion-score';
import type { HistoryRecord } from '../../src/messaging/contract';
import { endSentence } from '../../src/words';
import { partyLines } from '../view-model/cards';
import { timerText, whenText } from '../view-model/duration';
import { keptFigures } from '../view-model/quality-figures';
import { recentRow, whatHappened, type RecentRow } from '../view-model/recent';
import { say } from '../view-model/text';
import { Icon, type IconName } from './icon';
import { usePhone } from './phone-context';
import { QualityDetails, QualityIcon } from './quality-details';
import { RefusalLine } from './refusal-line';

const ICONS: Readonly<Record<RecentRow['kind'], IconName>> = {
  incoming: 'incoming',
  outgoing: 'outgoing',
  missed: 'missed',
  notConnected: 'outgoing',
};

export function RecentCalls() {
  const { recent, words } = usePhone();
  if (!recent.value) return null;
  return (
    <section class="recent" aria-labelledby="recent-title">
      <h2 id="recent-title">{words.value('region_recent')}</h2>
      <RefusalLine place="recent" />
      {recent.value.length === 0 ? (
        <p class="recent-none">{words.value('recent_none')}</p>
      ) : (
        <ul>
          {recent.value.map((record) => (
            <Row key={record.id} record={record} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ record }: { record: HistoryRecord }) {
  const { words, language, dial } = usePhone();
  const { kind, word } = recentRow(record);
  const { title } = partyLines(record, words.value);
  const when = whenText(record.startedWall, Date.now(), language.value);
  const whenSaid = typeof when === 'string' ? when : say(words.value, when);
  const known = record.answered || (kind === 'missed' && record.cause !== 'doNotDisturb'); // the word says it all
  const cause = known ? undefined : endSentence(words.value, record.cause, record.direction);
  const nameId = `recent-${record.id}`;
  const { quality } = record;
  const [opened, open] = useState(false);
  const detailsId = `recent-quality-${record.id}`;
  return (
    <li class="recent-row" data-kind={kind}>
      <span class="recent-way" title={words.value(word)}>
        <Icon name={ICONS[kind]} size={18} />
      </span>
      <div class="recent-who">
        <p class="recent-name" id={nameId} title={record.shown ?? record.number}>
          <bdi>{title}</bdi>
        </p>
        <p class="recent-how" title={cause}>
          <span class={cause === undefined ? 'recent-word' : 'unseen'}>{words.value(word)}</span>
          {cause === undefined ? ` · ${whenSaid}` : ` ${whatHappened(cause)} · ${whenSaid}`}
          {record.answered && ` · ${timerText(record.talkMs)}`}
          {quality && <span class="unseen"> · {words.value(`quality_${levelOfScore(quality.mos)}`)}</span>}
        </p>
      </div>
      {quality && (
        <button
          type="button"
          class="plain recent-quality"
          data-level={levelOfScore(quality.mos)}
          aria-label={words.value('callQuality')}
          aria-describedby={nameId}
          title={words.value(`quality_${levelOfScore(quality.mos)}`)}
          aria-expanded={opened}
          {...(opened && { 'aria-controls': detailsId })}
          onClick={() => open(!opened)}
        >
          <QualityIcon level={levelOfScore(quality.mos)} />
        </button>
      )}
      {record.number !== '' && record.purpose === undefined && (
        <button
          type="button"
          class="plain redial"
          aria-label={words.value('redial')}
          aria-describedby={nameId}
          title={words.value('redial')}
          onClick={() => void dial(record.number, 'recent')}
        >
          <Icon name="phone" size={18} />
        </button>
      )}
      {quality && opened && <QualityDetails id={detailsId} figures={keptFigures(quality)} course={quality.course} />}
    </li>
  );
}
