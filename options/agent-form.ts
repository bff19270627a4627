// A wellCloud agent as a person fills it in, and what is stored of it: texts ↔ WellcloudSettings. Pure.
import { confusableHost, isUnencryptedBeyond } from '../src/backends/server-url';
import {
  readWellcloudAddress,
  WELLCLOUD_ADDRESSES,
  type WellcloudAddress,
  type WellcloudSettings,
} from '../src/backends/wellcloud/settings';
import { caught, wrong, type FieldErrors } from './field-errors';
import { hostOf, tidy } from './typed-text';

export interface ReasonRow {
  readonly code: string;
  readonly label: string;
}
export interface AgentForm extends Readonly<Record<WellcloudAddress, string>> {
  readonly domain: string;
  readonly agent: string;
  readonly extension: string;
  readonly prefix: string;
  /** Divided by commas or spaces. */
  readonly internalNumbers: string;
  readonly callerShown: string;
  readonly loginMode: WellcloudSettings['loginMode'];
  readonly initialMode: WellcloudSettings['initialMode'];
  readonly reasons: readonly ReasonRow[];
  readonly callProgress: boolean;
  readonly supervisor: boolean;
}
/** What the person has said of hosts, for all links of the account. */
export interface HostChoices {
  readonly unencryptedHosts: readonly string[];
  readonly knownHosts: readonly string[];
}

export function agentForm(agent: WellcloudSettings | null | undefined): AgentForm {
  return {
    server: agent?.server ?? '',
    eventServer: agent?.eventServer ?? '',
    loginServer: agent?.loginServer ?? '',
    domain: agent?.domain ?? '',
    agent: agent?.agent ?? '',
    extension: agent?.extension ?? '',
    prefix: agent?.prefix ?? '',
    internalNumbers: (agent?.internalNumbers ?? ['8xxx']).join(', '),
    callerShown: agent?.callerShown ?? '',
    loginMode: agent?.loginMode ?? 'ask',
    initialMode: agent?.initialMode ?? 'NotReady',
    reasons: agent?.reasons ?? [],
    callProgress: agent?.callProgress ?? false,
    supervisor: agent?.supervisor ?? false,
  };
}

/** @returns what is to be checked and stored. */
export function agentOf(form: AgentForm, { unencryptedHosts }: HostChoices): Record<string, unknown> {
  const optional = (['eventServer', 'loginServer', 'callerShown'] as const).flatMap((field) => {
    const text = tidy(form[field]);
    return text === '' ? [] : [[field, text] as const];
  });
  const { loginMode, initialMode, callProgress, supervisor } = form;
  return {
    kind: 'wellcloud',
    server: tidy(form.server),
    ...Object.fromEntries(optional),
    domain: tidy(form.domain),
    agent: tidy(form.agent),
    extension: tidy(form.extension),
    prefix: tidy(form.prefix),
    internalNumbers: tidy(form.internalNumbers)
      .split(/[\s,;，；、]+/)
      .filter((pattern) => pattern !== ''),
    ...{ loginMode, initialMode, callProgress, supervisor },
    reasons: form.reasons.map(({ code, label }) => ({ code: tidy(code), label: label.trim() })),
    allowUnencrypted: addressesOf(form).some(
      ([, text]) => isUnencryptedBeyond(text) && unencryptedHosts.includes(hostOf(text)),
    ),
  };
}

/** Hosts that are allowed or known because they are stored. */
export function hostsOf(agent: WellcloudSettings | null | undefined): HostChoices {
  const texts = addressesOf(agentForm(agent)).map(([, text]) => text);
  return {
    unencryptedHosts: agent?.allowUnencrypted ? texts.filter(isUnencryptedBeyond).map(hostOf) : [],
    knownHosts: texts.flatMap((text) => confusableHost(text) ?? []),
  };
}

/**
 * Each address by itself, also while other fields are wrong; and what only the person can say: which odd host is meant, and
 * that nothing need be encrypted. The second is asked for each host, as what is stored allows it for all.
 */
export function agentAddressErrors(form: AgentForm, hosts: HostChoices): FieldErrors {
  const read = [...addressesOf(form), ...(tidy(form.server) === '' ? [['server', ''] as const] : [])];
  return Object.assign({}, ...read.map(([field, text]) => addressError(field, text, hosts))) as FieldErrors; // each is one
}

function addressError(
  which: WellcloudAddress,
  text: string,
  { knownHosts, unencryptedHosts }: HostChoices,
): FieldErrors {
  const field = `agent.${which}`;
  const plain = confusableHost(text);
  const refused = caught(field, () => readWellcloudAddress(which, text, unencryptedHosts.includes(hostOf(text))));
  const unknown = plain !== undefined && !knownHosts.includes(plain);
  return { ...(unknown && { [field]: wrong('serverConfusable', { plain }) }), ...refused };
}

function addressesOf(form: AgentForm): (readonly [WellcloudAddress, string])[] {
  return WELLCLOUD_ADDRESSES.map((field) => [field, tidy(form[field])] as const).filter(([, text]) => text !== '');
}
