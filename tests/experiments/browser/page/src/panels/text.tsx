import { renderMarkdown } from '@grafana/data';

export function TextPanel({ options, replaceVariables }: any) {
  const { content = '', mode = 'markdown' } = options;
  const html = mode === 'html' ? replaceVariables(content) : renderMarkdown(replaceVariables(content, {}, 'html'));
  const style = { height: '100%', overflow: 'auto' };
  return <div className="markdown-html" style={style} dangerouslySetInnerHTML={{ __html: html }} />;
}
