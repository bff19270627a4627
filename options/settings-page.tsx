// The settings after the set-up: sections one below the other, with a list of them at the side.
import { useEffect } from 'preact/hooks';
import type { WordKey } from '../src/words';
import { DoneNotice } from './components/done-notice';
import { useModel } from './model-context';
import { SECTIONS, type Section } from './place';
import { AboutSection } from './sections/about';
import { AccountSection } from './sections/account';
import { FileSection } from './sections/file';
import { HeadsetSection } from './sections/headset';
import { LanguageSection } from './sections/language';
import { LinkingSection } from './sections/linking';
import { RingingSection } from './sections/ringing';
import { SoundSection } from './sections/sound';

const CONTENTS: Readonly<Record<Section, { title: WordKey; Content: () => preact.JSX.Element }>> = {
  account: { title: 'section_account', Content: AccountSection },
  microphone: { title: 'section_microphone', Content: SoundSection },
  headset: { title: 'section_headset', Content: HeadsetSection },
  linking: { title: 'section_linking', Content: LinkingSection },
  ringing: { title: 'section_ringing', Content: RingingSection },
  language: { title: 'section_language', Content: LanguageSection },
  file: { title: 'section_file', Content: FileSection },
  about: { title: 'section_about', Content: AboutSection },
};

export function SettingsPage({ section, done }: { section: Section | undefined; done: boolean }) {
  const { words } = useModel();
  useEffect(() => {
    if (section) document.getElementById(section)?.scrollIntoView();
  }, [section]);
  return (
    <div class="settings">
      <nav aria-label={words('options_sections')}>
        <p class="brand">
          <img src="/icons/ready-32.png" alt="" width={28} height={28} /> Callbar
        </p>
        <ul>
          {SECTIONS.map((name) => (
            <li key={name}>
              <a href={`#${name}`} aria-current={name === section ? 'true' : undefined}>
                {words(CONTENTS[name].title)}
              </a>
            </li>
          ))}
        </ul>
        <a class="again" href="#welcome">
          {words('options_wizardAgain')}
        </a>
      </nav>
      <main>
        <h1>{words('optionsTitle')}</h1>
        {done && <DoneNotice />}
        {SECTIONS.map((name) => {
          const { title, Content } = CONTENTS[name];
          return (
            <section key={name} id={name} class="card" aria-labelledby={`${name}-title`}>
              <h2 id={`${name}-title`}>{words(title)}</h2>
              <Content />
            </section>
          );
        })}
      </main>
    </div>
  );
}
