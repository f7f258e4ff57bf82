import { type Html, joinHtml, markup } from '../format/html.js';
import type { Story } from '../story/worst-story.js';

/** The story of the worst minutes, with a way to see them in the charts; nothing where there is none to tell. */
export function storySection(story: Story | null): readonly Html[] {
  if (story === null) return [];
  const beats = story.beats.map(
    ({ who, what }) =>
      markup`<dt>${who}</dt>
        <dd>${what}</dd>`,
  );
  return [
    markup`<section aria-labelledby="story">
      <h2 id="story">${story.title}</h2>
      <dl class="story">${joinHtml(beats)}</dl>
      <button type="button" id="story-zoom" class="no-print" data-from="${story.fromSeconds}" data-to="${story.toSeconds}">
        Show this time in the charts
      </button>
    </section>`,
  ];
}
