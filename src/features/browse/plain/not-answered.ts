/** A question that is not answered: too many wait, or it takes too long. It was not wrong, and can be asked again later. */
import { Unavailable } from '../../../platform/http/unavailable.ts';

export class NotAnswered extends Unavailable {
  override name = 'NotAnswered';
  readonly reason: 'busy' | 'slow';

  constructor(reason: 'busy' | 'slow') {
    super(reason === 'busy' ? 'Too many lists are asked for at once.' : 'This list takes too long to make.');
    this.reason = reason;
  }
}
