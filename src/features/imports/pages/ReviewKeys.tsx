/** What the keys of a review do. Shown by script alone, as they work by script alone; one-letter keys can be turned off. */
import { Icon } from '../../../ui/icons.tsx';
import { KeysDialog } from '../../../ui/KeysDialog.tsx';

const keys = [
  { key: 'n', does: 'Next guess' },
  { key: 'p', does: 'Guess before' },
  { key: 'a', does: 'Accept' },
  { key: 'u', does: 'Undo, or leave it' },
  { key: 't', does: 'From a guess to its place in the text' },
  { key: 'j', does: 'Join a paragraph with the one before' },
  { key: 'b', does: 'Break a paragraph' },
  { key: 'i', does: 'Italic: of the words you selected, or ask which' },
  { key: '?', does: 'This list' },
];

export function ReviewKeysButton() {
  return (
    <button type="button" class="button small plain keys-button" hidden>
      <Icon name="keys" />
      Keyboard keys
    </button>
  );
}

export function ReviewKeys() {
  return <KeysDialog keys={keys} class="review-help" />;
}
