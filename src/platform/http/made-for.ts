/** The field by which a form of our own pages says which account it was made for. */
export const MADE_FOR = 'madeFor';
