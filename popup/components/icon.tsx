// The icons of the view: drawn by lucide, cut out of their files at build time. Each stands beside a word or a label.
import swap from 'lucide-static/icons/arrow-left-right.svg?raw';
import audioLines from 'lucide-static/icons/audio-lines.svg?raw';
import bellOff from 'lucide-static/icons/bell-off.svg?raw';
import bellRing from 'lucide-static/icons/bell-ring.svg?raw';
import unfold from 'lucide-static/icons/chevron-down.svg?raw';
import circle from 'lucide-static/icons/circle.svg?raw';
import circleCheck from 'lucide-static/icons/circle-check.svg?raw';
import circleDashed from 'lucide-static/icons/circle-dashed.svg?raw';
import erase from 'lucide-static/icons/delete.svg?raw';
import ear from 'lucide-static/icons/ear.svg?raw';
import keypad from 'lucide-static/icons/grip.svg?raw';
import headphones from 'lucide-static/icons/headphones.svg?raw';
import lock from 'lucide-static/icons/lock.svg?raw';
import lockOpen from 'lucide-static/icons/lock-open.svg?raw';
import merge from 'lucide-static/icons/merge.svg?raw';
import mic from 'lucide-static/icons/mic.svg?raw';
import micOff from 'lucide-static/icons/mic-off.svg?raw';
import fault from 'lucide-static/icons/octagon-alert.svg?raw';
import sidePanel from 'lucide-static/icons/panel-right-open.svg?raw';
import pauseRecord from 'lucide-static/icons/circle-pause.svg?raw';
import pause from 'lucide-static/icons/pause.svg?raw';
import phone from 'lucide-static/icons/phone.svg?raw';
import transfer from 'lucide-static/icons/phone-forwarded.svg?raw';
import incoming from 'lucide-static/icons/phone-incoming.svg?raw';
import missed from 'lucide-static/icons/phone-missed.svg?raw';
import hangUp from 'lucide-static/icons/phone-off.svg?raw';
import outgoing from 'lucide-static/icons/phone-outgoing.svg?raw';
import play from 'lucide-static/icons/play.svg?raw';
import plus from 'lucide-static/icons/plus.svg?raw';
import settings from 'lucide-static/icons/settings.svg?raw';
import noSound from 'lucide-static/icons/volume-x.svg?raw';
import warning from 'lucide-static/icons/triangle-alert.svg?raw';
import undo from 'lucide-static/icons/undo-2.svg?raw';
import timer from 'lucide-static/icons/timer.svg?raw';
import voicemail from 'lucide-static/icons/voicemail.svg?raw';
import unplug from 'lucide-static/icons/unplug.svg?raw';
import user from 'lucide-static/icons/user-round.svg?raw';
import people from 'lucide-static/icons/users-round.svg?raw';
import check from 'lucide-static/icons/check.svg?raw';
import circleQuestion from 'lucide-static/icons/circle-question-mark.svg?raw';
import clock from 'lucide-static/icons/clock.svg?raw';
import copy from 'lucide-static/icons/copy.svg?raw';
import headset from 'lucide-static/icons/headset.svg?raw';
import logIn from 'lucide-static/icons/log-in.svg?raw';
import logOut from 'lucide-static/icons/log-out.svg?raw';
import more from 'lucide-static/icons/ellipsis.svg?raw';
import pencil from 'lucide-static/icons/pencil.svg?raw';
import addPerson from 'lucide-static/icons/user-round-plus.svg?raw';
import record from 'lucide-static/icons/circle-dot.svg?raw';
import queue from 'lucide-static/icons/inbox.svg?raw';
import square from 'lucide-static/icons/square.svg?raw';
import tag from 'lucide-static/icons/tag.svg?raw';
import phoneCall from 'lucide-static/icons/phone-call.svg?raw';
import close from 'lucide-static/icons/x.svg?raw';

const FILES = {
  addPerson,
  audioLines,
  bellOff,
  bellRing,
  check,
  circle,
  circleCheck,
  circleDashed,
  circleQuestion,
  clock,
  close,
  copy,
  ear,
  erase,
  fault,
  hangUp,
  headphones,
  headset,
  incoming,
  keypad,
  lock,
  lockOpen,
  logIn,
  logOut,
  merge,
  mic,
  micOff,
  missed,
  more,
  noSound,
  outgoing,
  pause,
  pauseRecord,
  pencil,
  people,
  phone,
  phoneCall,
  play,
  plus,
  queue,
  record,
  settings,
  sidePanel,
  square,
  swap,
  tag,
  timer,
  transfer,
  undo,
  unfold,
  unplug,
  user,
  voicemail,
  warning,
} as const;
export type IconName = keyof typeof FILES;

/** @param size in CSS pixels. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  const drawing = FILES[name].replace(/^[^]*?<svg[^>]*>|<\/svg>\s*$/g, '');
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      aria-hidden="true"
      dangerouslySetInnerHTML={{ __html: drawing }} // a file of the icon package, by a name of ours: never data
    />
  );
}
