// The one error that crosses module borders: a code to act on, a sentence for the log, a key for the user.
// Each code has a support code, shown small beside the sentence, that a help desk can look up.

export const SUPPORT_CODES = {
  // settings
  noProfile: 'CFG-00',
  serverMissing: 'CFG-01',
  serverWithoutScheme: 'CFG-02',
  serverScheme: 'CFG-03',
  serverUnencrypted: 'CFG-04',
  serverWithPassword: 'CFG-05',
  serverPort: 'CFG-06',
  serverConfusable: 'CFG-07',
  serverTooLong: 'CFG-08',
  serverMalformed: 'CFG-09',
  accountMissing: 'CFG-14',
  accountInvalid: 'CFG-12',
  passwordInvalid: 'CFG-13',
  ha1Invalid: 'CFG-18',
  iceServerInvalid: 'CFG-15',
  iceServerCredential: 'CFG-16',
  iceServerTooMany: 'CFG-17',
  headerInvalid: 'CFG-22',
  featureCodeInvalid: 'CFG-23',
  conferenceRoomInvalid: 'CFG-24',
  tenantMissing: 'CFG-25',
  prefixInvalid: 'CFG-26',
  patternInvalid: 'CFG-27',
  reasonInvalid: 'CFG-28',
  callerShownInvalid: 'CFG-29',
  settingInvalid: 'CFG-21',
  reasonTwice: 'CFG-31',
  settingsNotSaved: 'CFG-30',
  importNotSettings: 'IMP-01',
  importNewer: 'IMP-02',
  importInvalid: 'IMP-03',
  importPassword: 'IMP-04',
  importTooLarge: 'IMP-05',
  // numbers and dialling
  numberEmpty: 'NUM-01',
  notANumber: 'NUM-02',
  plusMisplaced: 'NUM-03',
  numberTooLong: 'NUM-04',
  serviceCodeFromPage: 'NUM-05',
  serviceCodeNotAllowed: 'NUM-06',
  notATelephoneNumber: 'NUM-08',
  ownNumber: 'NUM-09',
  extensionAfterInvalid: 'NUM-10',
  needsConfirmation: 'DIAL-01',
  dialRateExceeded: 'DIAL-02',
  emergencyNotPossible: 'EMG-01',
  emergencyFirst: 'EMG-02',
  // calls
  callInSetup: 'CALL-01',
  callUnknown: 'CALL-02',
  callNotInThatState: 'CALL-03',
  tooManyCalls: 'CALL-04',
  digitsInvalid: 'CALL-05',
  commandUnknown: 'CALL-06',
  twoCallsNeeded: 'CALL-07',
  inConference: 'CALL-08',
  voiceElsewhere: 'CALL-10',
  dialledJustNow: 'CALL-09',
  linePrefixUnknown: 'CALL-11',
  resumeFirst: 'CALL-12',
  listeningOnly: 'CALL-13',
  talkingNotHeld: 'CALL-14',
  // links and servers
  notRegistered: 'REG-01',
  wrongCredentials: 'REG-02',
  registrationForbidden: 'REG-03',
  accountUnknown: 'REG-04',
  passwordMissing: 'REG-05',
  ha1OtherRealm: 'REG-06',
  ha1OtherKind: 'REG-07',
  linkLost: 'NET-01',
  serverSilent: 'NET-02',
  serverSlow: 'NET-04',
  outcomeUnknown: 'NET-03',
  serverRefused: 'SRV-01',
  serverOdd: 'SRV-02',
  serverStatus: 'SRV-03',
  serverRedirected: 'SRV-04',
  serverFailed: 'SRV-06',
  serverPage: 'SRV-07',
  commandRefused: 'SRV-05',
  // events of a CTI server
  brokenEvents: 'CTI-01',
  eventTooLarge: 'CTI-02',
  eventsForbidden: 'CTI-03',
  eventsTopicUnknown: 'CTI-04',
  eventsRefused: 'CTI-05',
  eventsNotStarted: 'CTI-06',
  eventsSilent: 'CTI-07',
  // the agent at a CTI server
  agentMissing: 'AGT-00',
  agentNotLoggedIn: 'AGT-01',
  agentDisabled: 'AGT-02',
  sessionExpired: 'AGT-03',
  extensionNotRegistered: 'AGT-04',
  agentUnknown: 'AGT-05',
  extensionUnknown: 'AGT-06',
  agentLoggedInHere: 'AGT-07',
  agentLoggedInElsewhere: 'AGT-08',
  deviceStateIllegal: 'AGT-09',
  deviceNotAllowed: 'AGT-10',
  agentLoggedOut: 'AGT-11',
  extensionInUse: 'AGT-12',
  deviceBusy: 'AGT-13',
  tooManyAgents: 'AGT-14',
  allocationFailed: 'AGT-15',
  outboundQuotaReached: 'AGT-16',
  recordingDisabled: 'AGT-17',
  taskNotAssigned: 'AGT-18',
  agentAllocated: 'AGT-19',
  extensionBusy: 'AGT-20',
  logoutInCall: 'AGT-21',
  supervisorNotAllowed: 'AGT-22',
  colleagueNotLoggedIn: 'AGT-23',
  colleagueBusy: 'AGT-24',
  colleagueInvalid: 'AGT-25',
  greetingInvalid: 'AGT-26',
  colleagueCallUnknown: 'AGT-27',
  // devices
  microphonePrompt: 'DEV-01',
  microphoneDenied: 'DEV-02',
  microphoneMissing: 'DEV-03',
  microphoneBusy: 'DEV-04',
  // the extension itself
  notSupported: 'SYS-01',
  notAllowed: 'SYS-02',
  engineUnavailable: 'SYS-03',
  badRequest: 'SYS-04',
  internal: 'SYS-05',
} as const;

export type PhoneErrorCode = keyof typeof SUPPORT_CODES;

/** What crosses a context border: plain JSON. `data` fills the places of the user's sentence (`{field}` …). */
export interface PhoneErrorJson {
  readonly code: PhoneErrorCode;
  readonly detail: string;
  readonly data?: Readonly<Record<string, string>>;
}

export class PhoneError extends Error {
  override readonly name = 'PhoneError';
  readonly data: Readonly<Record<string, string>> | undefined;

  /**
   * @param detail for the log, in English; no password, token or full phone number.
   * @param options `data`: values for the user's sentence; `cause`: what was caught.
   */
  constructor(
    readonly code: PhoneErrorCode,
    detail: string,
    options: ErrorOptions & { data?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail, options);
    this.data = options.data;
  }

  toJSON(): PhoneErrorJson {
    return { code: this.code, detail: this.message, ...(this.data && { data: this.data }) };
  }
}

/** Any thrown value as a PhoneError; what is not one of ours is `internal`. */
export function toPhoneError(thrown: unknown): PhoneError {
  if (thrown instanceof PhoneError) return thrown;
  const detail = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return new PhoneError('internal', detail, { cause: thrown });
}

/** A code that came over a border, or `internal` if it is none of ours. */
export function readPhoneError(value: unknown): PhoneError {
  if (typeof value !== 'object' || value === null) return new PhoneError('internal', 'an error without a shape');
  const { code, detail, data } = value as Partial<Record<keyof PhoneErrorJson, unknown>>;
  const known = typeof code === 'string' && Object.hasOwn(SUPPORT_CODES, code) ? (code as PhoneErrorCode) : 'internal';
  const text = typeof detail === 'string' ? detail : 'an error without a text';
  return new PhoneError(known, text, isTexts(data) ? { data } : {});
}

function isTexts(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');
}
