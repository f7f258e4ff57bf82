const light = `
  --paper:#ffffff;--card:#f6f7f9;--ink:#16202c;--soft:#4b5766;--line:#8792a1;--grid:#e4e8ed;--shade:#eceff3;--edge:#d5dae1;--link:#0b5cad;
  --good:#00664b;--good-back:#e2f3ec;--bad:#a9261a;--bad-back:#fbe9e7;--warn:#7a4b00;--warn-back:#fdf1da;--info:#0b5cad;--info-back:#e5effa;
  --demand:#0072b2;--capacity:#00805e;--desired:#9a4c86;--error:#c8321f;--cost:#8a5a00;--muted:#5b6675;
  --low:#5b6675;--middle:#0072b2;--high:#b4560b;
  --other1:#0072b2;--other2:#b4560b;--other3:#00805e;--other4:#9a4c86;--other5:#6b6300;--other6:#4b5766;`;

const dark = `
  --paper:#11161d;--card:#1a212b;--ink:#e8edf3;--soft:#b0bbc8;--line:#6c7887;--grid:#262f3b;--shade:#1f2731;--edge:#323d4b;--link:#7cbcf5;
  --good:#5fd6ac;--good-back:#12332a;--bad:#ff9384;--bad-back:#3d1d1a;--warn:#f0bd62;--warn-back:#3a2c11;--info:#7cbcf5;--info-back:#152d45;
  --demand:#56b4e9;--capacity:#2cc59b;--desired:#dd9bc8;--error:#ff7a66;--cost:#e6b450;--muted:#9aa6b4;
  --low:#9aa6b4;--middle:#56b4e9;--high:#f0924a;
  --other1:#56b4e9;--other2:#f0924a;--other3:#2cc59b;--other4:#dd9bc8;--other5:#d8cc4a;--other6:#b0bbc8;`;

/**
 * The page's styles. Colours are those of Okabe and Ito ("Color Universal Design", 2008), darkened on white and lightened on dark
 * until text reaches a contrast of 4.5 and lines of 3.
 */
export const pageStyles = `
:root{color-scheme:light;${light}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${dark}}}
:root[data-theme=dark]{color-scheme:dark;${dark}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main,header.top,footer{max-width:1320px;margin:0 auto;padding:0 24px}
header.top{padding-top:20px}
h1{font-size:1.55rem;margin:0;overflow-wrap:anywhere;line-height:1.25}
h2{font-size:1.2rem;margin:36px 0 8px;padding-top:4px}
h3{font-size:1rem;margin:0;line-height:1.35;overflow-wrap:anywhere}
p{margin:4px 0}
a{color:var(--link)}
code,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,"DejaVu Sans Mono",monospace;font-size:.86em;overflow-wrap:anywhere}
.row>div{min-width:0}
.row{display:flex;gap:12px;align-items:flex-start;justify-content:space-between}
.answer{font-size:1.05rem;font-weight:600;overflow-wrap:anywhere}
.question{font-size:1.05rem;color:var(--soft);overflow-wrap:anywhere}
.verdict{margin:14px 0;padding:12px 16px;border-left:6px solid var(--line);background:var(--card);border-radius:4px;font-size:1.1rem;overflow-wrap:anywhere}
.verdict.held{border-color:var(--good);background:var(--good-back)}
.verdict.lost{border-color:var(--bad);background:var(--bad-back)}
.verdict.crossed{border-color:var(--warn);background:var(--warn-back)}
.caution{margin:8px 0;padding:8px 16px;border-left:6px solid var(--warn);background:var(--warn-back);border-radius:4px;overflow-wrap:anywhere}
.note,.meta{color:var(--soft);font-size:.88rem;overflow-wrap:anywhere}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:12px;margin:0;padding:0;list-style:none}
.cards li{background:var(--card);border:1px solid var(--edge);border-radius:6px;padding:12px 14px}
.cards .label{color:var(--soft);font-size:.86rem}
.cards .value{font-size:1.5rem;font-weight:650;line-height:1.25;font-variant-numeric:tabular-nums}
.cards .good .value{color:var(--good)}
.cards .bad .value{color:var(--bad)}
.charts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 28px}
figure{margin:0 0 26px;min-width:0;display:grid;grid-template-columns:minmax(0,1fr);grid-row:span 6;grid-template-rows:subgrid}
.plot{position:relative;width:100%;height:246px;touch-action:pan-y;cursor:crosshair;border-radius:3px}
.plot:focus-visible,button:focus-visible,a:focus-visible,select:focus-visible,input:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.plot .vega-embed{width:100%;padding:0}
.plot svg{display:block}
.cursor,.brush{position:absolute;pointer-events:none;display:none}
.cursor{width:1px;background:var(--ink);opacity:.6}
.brush{background:var(--link);opacity:.2}
.legend{display:flex;flex-wrap:wrap;gap:2px 16px;margin:6px 0 2px;padding:0;list-style:none;font-size:.86rem}
.legend svg{vertical-align:middle;margin-right:5px}
.legend b{font-variant-numeric:tabular-nums;font-weight:600;margin-left:4px}
.when{min-height:1.4em;font-variant-numeric:tabular-nums}
details>summary{cursor:pointer;color:var(--soft);font-size:.86rem}
.tools{display:flex;flex-wrap:wrap;gap:10px;align-items:end;margin:8px 0}
.legend li{overflow-wrap:anywhere;min-width:0}
.tools>*{min-width:0;max-width:100%}
.tools label{font-size:.86rem;color:var(--soft);display:flex;flex-direction:column;gap:2px}
.tools label.check{flex-direction:row;align-items:center;gap:6px;padding-bottom:7px}
button,select,input[type=search]{font:inherit;font-size:.92rem;color:var(--ink);background:var(--paper);border:1px solid var(--line);border-radius:5px;padding:5px 10px;max-width:100%}
button,select,input[type=search]{min-height:36px}
button{cursor:pointer}
.theme{white-space:nowrap}
.cards+.meta{margin-top:10px}
button:disabled{opacity:.5;cursor:default}
.scroll{overflow-x:auto;max-width:100%;border:1px solid var(--edge);border-radius:6px;margin:8px 0;position:relative}
table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
caption{overflow-wrap:anywhere;text-align:left;padding:8px 10px;color:var(--soft);font-size:.86rem}
th,td{text-align:left;padding:6px 10px;border-top:1px solid var(--grid);vertical-align:top}
th{font-weight:600}
th code{font-weight:500}
thead th{background:var(--card);white-space:nowrap}
td.num,th.num{text-align:right;white-space:nowrap}
td.words{min-width:14em;overflow-wrap:anywhere}
td.name,th.name{overflow-wrap:anywhere;min-width:7em}
thead th.name{overflow-wrap:normal}
tr.decision{cursor:pointer}
tr.decision:hover{background:var(--card)}
tr.prose td{background:var(--card);border-top:0;white-space:normal;overflow-wrap:anywhere;line-height:1.55}
tr.prose p{max-width:75em}
button.open{padding:0;min-height:0;border:0;vertical-align:top;line-height:inherit;font-size:inherit;background:none;font-variant-numeric:tabular-nums;text-decoration:underline;text-underline-offset:3px}
.tag{display:inline-block;border-radius:4px;padding:1px 8px;font-size:.84rem;font-weight:600;white-space:nowrap}
.tag.good{color:var(--good);background:var(--good-back)}
.tag.bad{color:var(--bad);background:var(--bad-back)}
.tag.warn{color:var(--warn);background:var(--warn-back)}
.tag.info{color:var(--info);background:var(--info-back)}
.pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 28px;grid-auto-flow:dense}
.pair>div{min-width:0}
.pair>.whole{grid-column:1/-1}
dl.story{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 16px;margin:8px 0 10px;max-width:80em}
dl.story dt{font-weight:600}
dl.story dd{margin:0;overflow-wrap:anywhere}
ol.plain,ul.plain{margin:6px 0;padding-left:20px}
ol.plain li,ul.plain li{overflow-wrap:anywhere;margin:3px 0}
pre{background:var(--card);border:1px solid var(--edge);border-radius:6px;padding:10px 12px;white-space:pre-wrap;overflow-wrap:anywhere;margin:6px 0}
footer{padding-top:28px;padding-bottom:40px}
#vg-tooltip-element{background:var(--card)!important;color:var(--ink)!important;border:1px solid var(--line)!important;font-family:inherit!important;font-size:13px!important;max-width:min(360px,90vw)}
.print-only{display:none}
.visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:1000px){.charts,.pair{grid-template-columns:minmax(0,1fr)}}
@media (max-width:600px){
  main,header.top,footer{padding-left:14px;padding-right:14px}
  .cards{grid-template-columns:repeat(2,minmax(0,1fr))}
  .cards li:first-child{grid-column:1/-1}
  .cards .value{font-size:1.2rem}
  .wide-only{display:none}
  dl.story{grid-template-columns:minmax(0,1fr);gap:0}
  dl.story dd{margin-bottom:8px}
  td,th{padding:6px 7px}
  td.words{min-width:7em}
  td.name,th.name{min-width:4em}
  thead th{white-space:normal}
  .decisions,.decisions caption,.decisions tbody{display:block}
  .decisions thead{display:none}
  .decisions tr.decision:not([hidden]){display:grid;grid-template-columns:auto minmax(0,1fr) auto;gap:0 12px;padding:8px 7px;border-top:1px solid var(--grid)}
  .decisions tr.decision td{border:0;padding:0;min-width:0}
  .decisions tr.decision td.words{grid-column:1/-1;color:var(--soft)}
  .decisions tr.prose:not([hidden]),.decisions tr.prose td{display:block}
}
@media print{
  :root:root:root{color-scheme:light;${light}}
  @page{margin:14mm}
  html{font-size:11px}
  body{font-size:10.5px;line-height:1.33}
  header.top .row,.question,.answer,.verdict{font-size:1rem}
  .plot{break-inside:avoid}
  main,header.top,footer{max-width:none;padding:0}
  .tools,.theme,.when,.no-print,tr.unprinted:not([hidden]),details:not([open]){display:none}
  .print-only{display:block}
  .charts{grid-template-columns:repeat(2,minmax(0,1fr));gap:0 14px}
  .plot,.plot .vega-embed{height:auto}
  .plot svg{max-width:100%;height:auto}
  figure,tr,.cards li,.verdict{break-inside:avoid}
  .cards{grid-template-columns:repeat(5,minmax(0,1fr))}
  .cards .value{font-size:1rem}
  .scroll{overflow:visible;border:0}
  h2{break-after:avoid;margin:10px 0 3px}
  header.top{padding-top:0}
  figure{margin-bottom:10px}
  .charts{gap:0 14px}
  .verdict{margin:8px 0;padding:6px 12px}
  .cards li{padding:6px 10px}
  th,td{padding:3px 8px}
  thead th,thead th.num{white-space:normal}
  td.name,th.name{min-width:11em}
}
`;
