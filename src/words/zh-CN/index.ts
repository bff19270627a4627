import type { en } from '../en';
import { agent } from './agent';
import { background } from './background';
import { callCentre } from './call-centre';
import { causes } from './causes';
import { desk } from './desk';
import { errors } from './errors';
import { headset } from './headset';
import { line } from './line';
import { options } from './options';
import { popup } from './popup';
import { reach } from './reach';

export const zhCN: Readonly<Record<keyof typeof en, string>> = {
  ...agent,
  ...background,
  ...callCentre,
  ...causes,
  ...desk,
  ...errors,
  ...headset,
  ...line,
  ...options,
  ...popup,
  ...reach,
};
