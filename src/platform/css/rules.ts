/** The version of the rules by which sheets are checked. One printed by other rules is printed anew before it is shown. */
export const SHEET_RULES = 1;
