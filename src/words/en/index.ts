import { background } from './background';
import { causes } from './causes';
import { errors } from './errors';
import { options } from './options';
import { popup } from './popup';

export const en = { ...background, ...causes, ...errors, ...options, ...popup } as const;
