// Texts of the set-up wizard and the options page.
export const options = {
  optionsTitle: 'Callbar settings',
} as const;
