/** Sets the chosen theme before the page is drawn, and lets the button change it: as the system, light, dark. */
export const themeScript = `
(function () {
  'use strict';
  var root = document.documentElement, choices = ['auto', 'light', 'dark'], key = 'hindcast-theme', choice = 'auto';
  try { choice = localStorage.getItem(key) || 'auto'; } catch (refused) { /* A page opened from a file may have no storage. */ }
  function apply() {
    if (choices.indexOf(choice) < 0) choice = 'auto';
    if (choice === 'auto') root.removeAttribute('data-theme'); else root.setAttribute('data-theme', choice);
    var button = document.getElementById('theme');
    if (button) button.textContent = 'Theme: ' + choice;
  }
  apply();
  document.addEventListener('DOMContentLoaded', function () {
    apply();
    document.getElementById('theme').addEventListener('click', function () {
      choice = choices[(choices.indexOf(choice) + 1) % choices.length];
      try { localStorage.setItem(key, choice); } catch (refused) { /* It then lasts as long as the page. */ }
      apply();
    });
  });
})();
`;
