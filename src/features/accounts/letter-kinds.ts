/** What the jobs that send letters are called. Their payloads hold ids alone: texts and secrets are made when a letter is sent. Pure. */
export const LETTER = {
  address: 'mail-address',
  addressLeft: 'mail-address-left',
  happening: 'mail-happening',
  newDevices: 'mail-new-devices',
  told: 'mail-told',
  newPassword: 'mail-new-password',
  invitation: 'mail-invitation',
  place: 'mail-place',
} as const;
