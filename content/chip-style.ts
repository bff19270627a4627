// How the chip looks. A constructed sheet: the page's content security policy has no say in it.
// `!important` in a shadow root outranks whatever the page writes about the host element.

export const chipStyle = `
:host { all: initial !important; position: fixed !important; left: 0 !important; top: 0 !important; width: 0 !important;
  height: 0 !important; display: block !important; z-index: 2147483647 !important; color-scheme: light dark !important; }
.chip { --ink: light-dark(#16202c, #eef3f8); --soft: light-dark(#57636f, #a9b6c3); --ground: light-dark(#ffffff, #20272f);
  --line: light-dark(#d9e0e7, #3b4651); --hover: light-dark(#eef2f6, #2d3741); --go: light-dark(#157f45, #2fae69);
  --go-ink: light-dark(#ffffff, #06140c); --alarm: light-dark(#b3261e, #ff8a80); --ring: light-dark(#1f6feb, #79b8ff);
  all: unset; position: fixed; inset: auto; margin: 0; box-sizing: border-box; max-width: min(380px, calc(100vw - 16px));
  padding: 8px; border: 1px solid var(--line); border-radius: 12px; background: var(--ground); color: var(--ink);
  font: 14px/1.35 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  box-shadow: 0 1px 2px rgb(0 0 0 / .12), 0 8px 28px rgb(0 0 0 / .18); cursor: default; user-select: none; }
.chip:not(:popover-open) { display: none; }
.row { display: flex; align-items: center; gap: 6px; }
.number { flex: 1 1 auto; min-width: 0; padding: 0 10px 0 6px; font-size: 16px; font-weight: 600; letter-spacing: .01em;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere; user-select: text; }
.said { padding: 4px 6px 8px; overflow-wrap: anywhere; }
.said:empty { display: none; }
.alarm .said { color: var(--alarm); font-weight: 600; }
.quiet .said { padding-bottom: 4px; }
button { all: unset; box-sizing: border-box; display: inline-flex; align-items: center; gap: 6px; min-height: 32px;
  padding: 4px 10px; border-radius: 8px; font: inherit; color: var(--ink); white-space: nowrap; cursor: pointer; }
button:hover { background: var(--hover); }
button:focus-visible { outline: 2px solid var(--ring); outline-offset: 1px; }
button.go { background: var(--go); color: var(--go-ink); font-weight: 600; padding-inline: 12px; }
button.go:hover { filter: brightness(1.08); }
.alarm button.go { background: var(--alarm); color: light-dark(#ffffff, #2b0a07); }
.more { display: flex; flex-wrap: wrap; gap: 2px; margin-top: 6px; padding-top: 6px; border-top: 1px solid var(--line); }
.more:empty { display: none; }
.more button { min-height: 28px; padding: 3px 8px; font-size: 12.5px; color: var(--soft); }
svg { width: 16px; height: 16px; flex: none; }
@keyframes pulse { 30% { transform: scale(1.025); box-shadow: 0 0 0 3px var(--ring); } }
.pulse { animation: pulse 260ms ease-out; }
@media (prefers-reduced-motion: reduce) { .pulse { animation: none; outline: 2px solid var(--ring); } }
@media (forced-colors: active) { .chip, button { border: 1px solid; } }
`;
