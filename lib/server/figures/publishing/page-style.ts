/**
 * How a published page looks, on a screen, on a phone and as a printed report. It stands in the page
 * itself, which loads nothing.
 */
export const PAGE_STYLE = `
*{box-sizing:border-box}
html{color:#0b0c0c;background:#fff;font:1rem/1.5 arial,helvetica,sans-serif;-webkit-text-size-adjust:100%}
body{margin:0}
h1,h2,h3,p,ul,dl,figure{margin:0 0 20px}
h1{font-size:2rem;line-height:1.15}
h2{margin-top:45px;padding-top:12px;border-top:3px solid #1d3f72;font-size:1.5rem;line-height:1.25}
h3{margin-top:30px;font-size:1.1875rem;line-height:1.3}
p,ul{max-width:44em}
ul{padding-left:1.3em}
a{color:#1a65a6;text-underline-offset:.15em;text-decoration-thickness:1px}
a:hover{color:#0f385c;text-decoration-thickness:3px}
a:focus-visible,[tabindex]:focus-visible{outline:3px solid #0b0c0c;outline-offset:2px;background:#fd0;color:#0b0c0c}
.skip{position:absolute;left:-9999px}
.skip:focus{position:static;display:block;padding:10px 15px}
.band{padding:12px 0;color:#fff;background:#1d3f72;font-weight:700}
.frame{max-width:990px;margin:0 auto;padding:0 15px}
main{padding:30px 0 50px}
.caption{margin-bottom:5px;color:#505a5f;font-size:1.125rem}
.lead{font-size:1.1875rem}
.notice{max-width:none;margin:0 0 25px;padding:15px;border-left:5px solid #1d3f72;background:#f3f2f1}
.notice>:last-child{margin-bottom:0}
.invented{border-left-color:#b58840}
.headline{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:15px}
.headline div{padding:12px 15px;border-left:5px solid #1d3f72;background:#f3f2f1}
.headline dt{color:#505a5f}
.headline dd{margin:0;font-size:2.25rem;font-weight:700;line-height:1.2;font-variant-numeric:tabular-nums}
.facts{display:grid;grid-template-columns:minmax(130px,220px) 1fr;margin-bottom:25px}
.facts dt,.facts dd{margin:0;padding:8px 15px 8px 0;border-bottom:1px solid #b1b4b6}
.facts dt{font-weight:700}
.facts dd{overflow-wrap:anywhere}
.picture{overflow-x:auto;max-width:720px;margin-bottom:20px}
.picture svg{display:block;width:100%;min-width:560px;height:auto}
.scroll{overflow-x:auto;margin-bottom:30px}
table{width:100%;border-collapse:collapse}
caption{padding-bottom:8px;font-size:1.1875rem;font-weight:700;text-align:left}
th,td{padding:8px 15px 8px 0;border-bottom:1px solid #b1b4b6;text-align:left;vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
tbody th{font-weight:400}
th:last-child,td:last-child{padding-right:0}
footer{padding:25px 0 40px;border-top:1px solid #b1b4b6;color:#505a5f;background:#f3f2f1}
footer p:last-child{margin-bottom:0}
@media (max-width:640px){
h1{font-size:1.625rem}
h2{font-size:1.3125rem}
.scroll table{width:auto;min-width:100%}
.scroll tbody th,.scroll thead th:first-child{position:sticky;left:0;min-width:130px;max-width:190px;background:#fff}
.scroll caption{max-width:calc(100vw - 30px)}
.facts{grid-template-columns:1fr}
.facts dt{padding-bottom:0;border-bottom:0}
}
@page{size:A4;margin:18mm 16mm}
@media print{
html{font-size:10pt;line-height:1.4}
.screen,.skip,footer{display:none!important}
.frame{max-width:none;padding:0}
.band{padding:0 0 8px;color:#1d3f72;background:none;border-bottom:2pt solid #1d3f72;margin-bottom:20px}
main{padding:0}
h1{font-size:20pt}
h2{margin-top:26px;font-size:14pt}
h3,caption{font-size:11pt}
h2,h3,caption,h2+p{break-after:avoid}
p{orphans:3;widows:3}
a{color:inherit;text-decoration:none}
.headline{grid-template-columns:repeat(4,1fr);gap:8px}
.headline div{padding:6px 10px;background:none}
.headline dd{font-size:18pt}
.notice{background:none}
.picture,.scroll{overflow:visible}
.picture{break-inside:avoid}
.picture svg{min-width:0}
thead{display:table-header-group}
tr,.facts div,.short{break-inside:avoid}
th,td{padding:4px 10px 4px 0}
}
`
