/** The report's style sheet; Inter comes with the page. */
export const REPORT_STYLE = `
body { margin: 0 auto; max-width: 1160px; padding: 24px; color: #1b1f27; background: #fff;
  font: 15px/1.55 Inter, "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif }
h1 { font-size: 28px; line-height: 1.25; margin: 0 0 12px }
h2 { font-size: 22px; margin: 48px 0 12px; padding-top: 16px; border-top: 1px solid #d9dce1 }
h3 { font-size: 15px; font-weight: 600; color: #5c6470; margin: 32px 0 -8px }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; font-size: 13px; color: #5c6470 }
dd { margin: 0; overflow-wrap: anywhere }
nav { display: flex; flex-wrap: wrap; gap: 6px 20px; margin-top: 16px }
a { color: #0b62a4 }
figure { margin: 24px 0; overflow-x: auto }
header > p, article > p, p.left { max-width: 78ch }
p.left { margin-top: 48px; padding-top: 16px; border-top: 1px solid #d9dce1; font-size: 13px; color: #5c6470 }
@media print { section { break-before: page } nav { display: none } }
`.trim();
