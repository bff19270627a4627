// A person at a real window: keys and mouse of the X screen, for what pages cannot do (shortcuts, menus, notifications).
import { execFileSync } from 'node:child_process';
import { expect, type Page } from '@playwright/test';
import type { Callbar } from '../../demo/browser/callbar';
import { onPath } from '../../scripts/on-path';

/** For `test.skip(...unlessScreen())`. On a desktop the notifications are the desktop's own, and look as it likes. */
export function unlessScreen(): [boolean, string] {
  const desktop = Boolean(process.env['DISPLAY']) && Boolean(process.env['DBUS_SESSION_BUS_ADDRESS']);
  if (desktop) return [true, 'needs a screen of its own: unset DISPLAY'];
  return [onPath('xdotool') === undefined && process.env['CI'] !== 'true', 'needs xdotool and Xvfb'];
}

export interface Screen {
  /** Brings the tab to the front and gives its window the keyboard. */
  focus(page: Page): Promise<void>;
  /** In the words of xdotool: `alt+shift+d`, `Return`. */
  press(...keys: string[]): void;
  type(text: string): void;
  /** Turns to the address bar by a click: a key would go to the page first, and what is typed next might go there, too. */
  addressBar(page: Page): Promise<void>;
  /** Opens the browser's context menu on an element; resolves when it takes keys. */
  rightClick(page: Page, selector: string): Promise<void>;
  /** How many system notifications are on the screen. */
  notifications(): number;
  /** Presses a button of the one notification on the screen. */
  pressNotification(button: 0 | 1): Promise<void>;
}

/** Of Chromium's own notifications (there is no desktop), in pixels; buttons from the left edge, from the bottom. */
const NOTIFICATION = { width: 360, buttonsX: [55, 156], fromBottom: 27 } as const;

export function openScreen(callbar: Callbar): Screen {
  const xdotool = (...args: (string | number)[]): string =>
    execFileSync('xdotool', args.map(String), {
      env: { ...process.env, DISPLAY: callbar.display },
      stdio: ['ignore', 'pipe', 'pipe'],
    }).toString();

  function notifications(): { x: number; y: number; height: number }[] {
    const windows = visibleWindows();
    return windows.flatMap((id) => {
      const told = [...geometry(id).matchAll(/^([A-Z]+)=(\d+)$/gm)];
      const at: Record<string, number> = Object.fromEntries(told.map(([, name, value]) => [name, Number(value)]));
      const { X: x = 0, Y: y = 0, HEIGHT: height = 0 } = at;
      return at['WIDTH'] === NOTIFICATION.width ? [{ x, y, height }] : [];
    });
  }

  /** The search fails as a whole when a window closes meanwhile: then it is done again. */
  function visibleWindows(tries = 10): string[] {
    try {
      return xdotool('search', '--onlyvisible', '--name', '').trim().split('\n');
    } catch (error) {
      if (tries <= 1) throw error;
      return visibleWindows(tries - 1);
    }
  }

  function geometry(window: string): string {
    try {
      return xdotool('getwindowgeometry', '--shell', window);
    } catch {
      return ''; // it has gone since it was listed
    }
  }

  return {
    async focus(page) {
      await page.bringToFront();
      const title = await page.title();
      const [window] = xdotool('search', '--sync', '--onlyvisible', '--name', title).trim().split('\n');
      xdotool('windowfocus', '--sync', window ?? '');
      await expect.poll(() => page.evaluate(() => document.hasFocus())).toBe(true);
    },
    press: (...keys) => void xdotool('key', '--clearmodifiers', ...keys),
    type: (text) => void xdotool('type', '--delay', 40, text),
    async addressBar(page) {
      const { x, y } = await page.evaluate(() => ({ x: screenX + 400, y: screenY + outerHeight - innerHeight - 24 }));
      xdotool('mousemove', x, y, 'click', 1);
    },
    async rightClick(page, selector) {
      const { x, y } = await page.evaluate((css) => {
        const box = document.querySelector(css)?.getBoundingClientRect() ?? new DOMRect();
        const bars = outerHeight - innerHeight;
        return { x: screenX + box.left + 20, y: screenY + bars + box.top + box.height / 2 };
      }, selector);
      const before = visibleWindows().length;
      xdotool('mousemove', Math.round(x), Math.round(y), 'click', 3);
      await expect.poll(() => visibleWindows().length, 'the menu is a window of its own').toBeGreaterThan(before);
    },
    notifications: () => notifications().length,
    async pressNotification(button) {
      await expect.poll(notifications, 'one notification on the screen').toHaveLength(1);
      await expect(() => {
        const [before, after] = [notifications(), notifications()];
        expect(after).toEqual(before); // it has slid to its place
      }).toPass();
      const [{ x, y, height } = { x: 0, y: 0, height: 0 }] = notifications();
      const { buttonsX, fromBottom } = NOTIFICATION;
      xdotool('mousemove', x + buttonsX[button], y + height - fromBottom, 'click', 1);
    },
  };
}
