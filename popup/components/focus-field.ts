// Where the focus goes when what had it is gone: the field in use, else the middle of the view, never nowhere.

export const NUMBER_FIELD_ID = 'number';
export const TRANSFER_FIELD_ID = 'transfer-number';
export const BANDS_ID = 'bands';
export const AGENT_STATE_ID = 'agent-state';

export function focusField(): void {
  const places = [TRANSFER_FIELD_ID, NUMBER_FIELD_ID, BANDS_ID].map((id) => document.getElementById(id));
  places.find((place) => place !== null)?.focus();
}
