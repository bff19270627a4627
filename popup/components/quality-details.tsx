// How the sound of a call is or was, for who wants to know more: figures, and a chart of its course.
import type { QualityLevel } from '../../src/domain/quality';
import { levelOfScore } from '../../src/domain/mean-opinion-score';
import type { QualityCourse } from '../../src/domain/quality-course';
import { timerText } from '../view-model/duration';
import { courseText, type Figure } from '../view-model/quality-figures';
import { say } from '../view-model/text';
import { Icon, type IconName } from './icon';
import { usePhone } from './phone-context';

/** A shape for each, beside its colour and its word. */
const LEVELS: Readonly<Record<QualityLevel, IconName>> = { good: 'circleCheck', fair: 'warning', poor: 'fault' };

export function QualityIcon({ level }: { level: QualityLevel }) {
  return <Icon name={LEVELS[level]} size={14} />;
}

interface Props {
  id: string;
  figures: readonly Figure[];
  course: QualityCourse | undefined;
}
export function QualityDetails({ id, figures, course }: Props) {
  const { words } = usePhone();
  return (
    <div class="quality-details" id={id} role="group" aria-label={words.value('callQuality')}>
      {course && course.mos.length > 0 && <Course course={course} />}
      <dl>
        {figures.map(({ name, value }) => (
          <div key={name} data-figure={name}>
            <dt>{words.value(name)}</dt>
            <dd>{typeof value === 'string' ? value : say(words.value, value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** A column for each stretch, from MOS 1 at the foot to 4.5 at the top; a young call does not fill it yet. */
const TOP = 3.5;
const FOOT = 0.2; // so that the worst is seen too
const ROOM = 12;

function Course({ course }: { course: QualityCourse }) {
  const { words } = usePhone();
  const { eachMs, mos } = course;
  return (
    <figure class="course">
      <svg
        role="img"
        aria-label={say(words.value, courseText(course))}
        viewBox={`0 0 ${Math.max(ROOM, mos.length)} ${TOP + FOOT}`}
        preserveAspectRatio="none"
      >
        {mos.map((score, index) => (
          <rect
            key={index}
            data-level={levelOfScore(score)}
            x={index + 0.1}
            y={TOP + 1 - score}
            width={0.8}
            height={score - 1 + FOOT}
          />
        ))}
      </svg>
      <figcaption aria-hidden="true">
        <span>MOS 1–4.5</span>
        <span>{timerText(eachMs * mos.length)}</span>
      </figcaption>
    </figure>
  );
}
