/**
 * What the keys of a page do. Opened by script alone, as the keys work by script alone. They can be turned off, as
 * one-letter keys must be (WCAG 2.1.4).
 */
export interface KeyView {
  key: string;
  does: string;
}

export function KeysDialog({ keys, class: name }: { keys: readonly KeyView[]; class?: string }) {
  return (
    <dialog {...(name === undefined ? {} : { class: name })} aria-labelledby="keys-title">
      <form method="dialog" class="keys">
        <h2 id="keys-title">Keys</h2>
        <dl class="key-list">
          {keys.map(({ key, does }) => (
            <div>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <label class="choice">
          <input type="checkbox" class="keys-on" checked />
          <span>Use these keys on this device</span>
        </label>
        <button type="submit" class="button">
          Close
        </button>
      </form>
    </dialog>
  );
}
