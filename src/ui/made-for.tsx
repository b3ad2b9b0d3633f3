/**
 * Each form that changes something carries the key of the account that its page was made for, so that what one person has typed
 * never arrives as another's who has signed in since. It is put in here, as a form's first field, so that no page can forget it.
 */
import { createContext, options, type ComponentChildren, type VNode } from 'preact';
import { MADE_FOR } from '../platform/http/made-for.ts';

const Key = createContext<string | null>(null);

/** `account`: the key for all forms inside; null where there is none, as on a page of a guest. */
export function MadeFor({ account, children }: { account: string | null; children: ComponentChildren }) {
  return <Key.Provider value={account}>{children}</Key.Provider>;
}

function KeyField() {
  return (
    <Key.Consumer>
      {(account) => account !== null && <input type="hidden" name={MADE_FOR} value={account} />}
    </Key.Consumer>
  );
}

/** A form as it was written, which is any vnode until it is looked at. */
type FormProps = { method?: unknown; children?: ComponentChildren };

const before = options.vnode?.bind(options);
options.vnode = (vnode: VNode) => {
  const props = vnode.props as FormProps;
  if (vnode.type === 'form' && String(props.method).toLowerCase() === 'post')
    props.children = [<KeyField />, props.children];
  before?.(vnode);
};
