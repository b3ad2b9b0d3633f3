/** A few attacks of each kind, for where the corpus of ten thousand is not at hand. */
export const FEW_ATTACKS: readonly string[] = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg><g/onload=alert(2)//<p>',
  '<math><mi//xlink:href="data:x,<script>alert(4)</script>">',
  '<a href="java\tscript:alert(1)">x</a>',
  '<a href="&#106;avascript:alert(1)">x</a>',
  '</div></div><div style="position:fixed">x',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<table><tr><td><table></div><b>x',
  '<p id="b-aaaaaa" class="picture" name=body>x',
  '<select><template><style><!--</style><a rel="--></style></template></select><img src onerror=alert(1)>">',
  '<base href="//h/"><meta http-equiv=refresh content="0;url=//h/"><link rel=stylesheet href=//h/>',
];
