// Every state of the phone that the gallery shows, with what the agent does in it before the picture is taken.
import type { PhoneErrorJson } from '../../src/domain/phone-error';
import type { PhoneState } from '../../src/domain/phone';
import type { WordKey } from '../../src/words';
import { CALL_GALLERY } from './call-gallery';
import { DESK_GALLERY } from './desk-gallery';
import { IDLE_GALLERY } from './idle-gallery';
import { SEVERAL_GALLERY } from './several-gallery';

export interface GalleryState {
  /** None: nobody has been heard yet, or nobody is there. */
  readonly state?: PhoneState;
  readonly nobody?: boolean;
  readonly history?: 'none';
  /** Every order is refused like this. */
  readonly refusal?: PhoneErrorJson;
  /** A login, or an order, never ends. */
  readonly going?: boolean;
  readonly passwordKept?: boolean;
  /** Buttons pressed, by English name or by the key of their word, then keys typed into what has the focus. */
  readonly press?: readonly string[];
  readonly type?: string;
  /** Then fields are filled, by the key of their label, and more buttons pressed. */
  readonly fill?: Readonly<Partial<Record<WordKey, string>>>;
  readonly after?: readonly string[];
}

export const GALLERY: Readonly<Record<string, GalleryState>> = {
  ...IDLE_GALLERY,
  ...CALL_GALLERY,
  ...SEVERAL_GALLERY,
  ...DESK_GALLERY,
};
