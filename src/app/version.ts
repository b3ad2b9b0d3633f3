/** This version of Fanfold. */
export const version = '0.1.0';
