// Reads one page's markup on the standard input; writes what is wrong with it, one line each. Nothing: it is valid.
import { text } from 'node:stream/consumers';
import { HtmlValidate } from 'html-validate';

const check = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:document', 'html-validate:a11y'],
  rules: {
    // every file comes from this site, under a content policy that allows no other
    'require-sri': 'off',
    // the menu is there twice and shown once, as a line or folded; axe looks at what is shown
    'unique-landmark': 'off',
    // a title names the page, then the department: longer than 70 characters where both are
    'long-title': 'off',
    // Razor writes XML's empty tags in some places and HTML's in others; browsers read both
    'void-style': 'off',
    // a table that stacks on a phone names its roles again, because CSS display takes them away
    'no-redundant-role': 'off',
  },
});
const report = await check.validateString(await text(process.stdin));
for (const { messages } of report.results)
  for (const m of messages) console.log(`${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
