// Second content script: the number library, brought to a document only once it holds something like a number.
import { findPhoneNumbers } from '../src/phone-number/find';
import { formatNumber } from '../src/phone-number/format';
import { offerFinder } from './finder-contract';

offerFinder({ find: findPhoneNumbers, format: formatNumber });
