import { expect, test } from 'vitest';
import { findBrowser } from '../demo/browser/find-browser';
import { installScript, PARTS, whatToInstall } from './provision';

test('what could not be installed is said in one line, with the reason for each package', () => {
  const line = whatToInstall(PARTS.filter(({ name }) => name === 'kamailio' || name === 'xvfb'));

  expect(line.split('\n')).toHaveLength(1);
  expect(line).toContain('apt-get install -y --no-install-recommends xvfb kamailio');
  expect(line).toContain('kamailio: a real SIP proxy');
});

test('installing asks nothing, refreshes the lists once and starts no server, also not at the next boot', () => {
  const script = installScript(PARTS.filter(({ name }) => name === 'kamailio' || name === 'xvfb'));

  expect(script).toContain('DEBIAN_FRONTEND=noninteractive');
  expect(script.match(/ update$/gm)).toHaveLength(1);
  expect(script).toContain('exit 101');
  expect(script).toContain('for service in kamailio; do');
  expect(script).toContain('-y --no-install-recommends install');
  expect(script).toContain("packages='xvfb kamailio'");
});

test('the message broker is installed without being started, now or at the next boot', () => {
  const script = installScript(PARTS.filter(({ name }) => name === 'rabbitmq-server'));

  expect(script).toContain("packages='rabbitmq-server'");
  expect(script).toContain('for service in rabbitmq-server; do');
});

test('Chromium is preferred to a branded browser, which cannot load an extension from a folder', () => {
  const having = (...paths: string[]) => findBrowser({ PATH: '/opt/bin' }, (path) => paths.includes(path));

  expect(having('/usr/bin/google-chrome', '/usr/bin/chromium')).toEqual({
    path: '/usr/bin/chromium',
    loadsExtensions: true,
  });
  expect(having('/opt/bin/microsoft-edge')).toEqual({ path: '/opt/bin/microsoft-edge', loadsExtensions: false });
  expect(having()).toBeUndefined();
});
