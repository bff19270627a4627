// The first-run wizard: one thing at a time, each step skippable, everything saved as soon as it is right.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { WordKey } from '../src/words';
import { AccountFormFrame } from './components/account-form-frame';
import { AgentLogin } from './components/agent-login';
import { LinkStatus } from './components/link-status';
import { MicrophoneCheck } from './components/microphone-check';
import { SavedNote } from './components/saved-note';
import { SpeakerCheck } from './components/speaker-check';
import { TestCallCard } from './components/test-call';
import { useModel } from './model-context';
import { stepHash, STEPS, type Step } from './place';
import { useAccountForm } from './use-account-form';
import { usePermission } from './use-sound';

const NAMES: Readonly<Record<Step, WordKey>> = {
  microphone: 'wizard_microphone',
  speaker: 'wizard_speaker',
  account: 'wizard_account',
  call: 'wizard_call',
};

export function Wizard({ step }: { step: Step }) {
  const { words } = useModel();
  const number = STEPS.indexOf(step) + 1;
  const missing = useMissing();
  const done = (other: Step): boolean => STEPS.indexOf(other) + 1 < number && !missing.has(other);
  return (
    <div class="wizard">
      <header>
        <img src="/icons/ready-48.png" alt="" width={40} height={40} />
        <div>
          <h1>{words('wizard_title')}</h1>
          <p class="muted">{words('wizard_intro')}</p>
        </div>
      </header>
      <nav aria-label={words('wizard_steps')}>
        <ol class="steps">
          {STEPS.map((other, index) => (
            <li key={other} class={done(other) ? 'done' : ''} aria-current={other === step ? 'step' : undefined}>
              <a href={stepHash(other)}>
                <span class="number" aria-hidden="true">
                  {done(other) ? '✓' : index + 1}
                </span>
                {words(NAMES[other])}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <main class="card" key={step}>
        {step === 'microphone' && <MicrophoneStep />}
        {step === 'speaker' && <SpeakerStep />}
        {step === 'account' && <AccountStep />}
        {step === 'call' && <CallStep />}
      </main>
    </div>
  );
}

/** Steps that were left without what they are for. */
function useMissing(): ReadonlySet<Step> {
  const { settings, speakerHeard } = useModel();
  const missing = new Set<Step>();
  if (usePermission() !== 'granted') missing.add('microphone');
  if (!speakerHeard.value) missing.add('speaker');
  if (settings.value.profiles.length === 0) missing.add('account');
  return missing;
}

function MicrophoneStep() {
  const { words } = useModel();
  const granted = usePermission() === 'granted';
  return (
    <>
      <Heading title="mic_title" why="mic_why" />
      <MicrophoneCheck />
      <Footer>
        <Next to="speaker" label={granted ? 'wizard_continue' : 'wizard_skip'} strong={granted} />
        <span class="muted">{words('wizard_stepOf', { step: 1, steps: STEPS.length })}</span>
      </Footer>
    </>
  );
}

function SpeakerStep() {
  return (
    <>
      <Heading title="speaker_title" why="speaker_why" />
      <SpeakerCheck />
      <Footer>
        <Next to="account" label="wizard_continue" strong />
        <Back to="microphone" />
      </Footer>
    </>
  );
}

function AccountStep() {
  const { words } = useModel();
  const work = useAccountForm();
  return (
    <AccountFormFrame
      work={work}
      heading={<Heading title="account_title" why="account_why" />}
      onSaved={() => go('call')}
    >
      <SavedNote saving={work.saving} />
      <Footer>
        <button type="submit" class="primary" disabled={work.saving === 'saving'}>
          {words('wizard_continue')}
        </button>
        <Back to="speaker" />
        <Next to="call" label="wizard_skip" strong={false} />
      </Footer>
    </AccountFormFrame>
  );
}

function CallStep() {
  const { words } = useModel();
  return (
    <>
      <Heading title="testCall_title" why="testCall_why" />
      <LinkStatus accountAt={stepHash('account')} />
      <AgentLogin />
      <TestCallCard />
      <Footer>
        <a class="button primary" href="#done">
          {words('wizard_finish')}
        </a>
        <Back to="account" />
      </Footer>
    </>
  );
}

/** Takes the focus, so that a screen reader begins with the new step. */
function Heading({ title, why }: { title: WordKey; why: WordKey }) {
  const { words } = useModel();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        {words(title)}
      </h2>
      <p class="why">{words(why)}</p>
    </>
  );
}

function Footer({ children }: { children: ComponentChildren }) {
  return <footer class="wizard-footer">{children}</footer>;
}

function Next({ to, label, strong }: { to: Step; label: WordKey; strong: boolean }) {
  const { words } = useModel();
  return (
    <a class={strong ? 'button primary' : 'button quiet'} href={stepHash(to)}>
      {words(label)}
    </a>
  );
}

function Back({ to }: { to: Step }) {
  const { words } = useModel();
  return (
    <a class="button" href={stepHash(to)}>
      {words('wizard_back')}
    </a>
  );
}

function go(step: Step): void {
  location.hash = stepHash(step);
}
