// System > Advanced > API > REST API: the fields follow the choice between Inherit and Override, and keys are rows of a table.

export function enhanceKeys(form) {
  const rows = form.querySelector('.keys tbody');
  const template = form.querySelector('template');
  const add = form.querySelector('.add');

  const follow = () => {
    const isOwn = form.querySelector('[name="CurrentSetting"]:checked').value === 'Override';
    for (const field of form.querySelectorAll('.own :is(input, select, textarea)')) field.disabled = !isOwn || field.matches('.fixed');
    for (const select of rows.querySelectorAll('select')) domainsOf(select).disabled = !isOwn || select.value !== 'Enrollment User';
    add.hidden = !isOwn;
  };
  const domainsOf = (select) => select.closest('tr').querySelector('[name$="AllowDomains"]');

  form.addEventListener('change', ({ target }) => {
    if (target.name === 'CurrentSetting') follow();
    if (target.matches('.keys select')) domainsOf(target).disabled = target.value !== 'Enrollment User';
  });
  add.addEventListener('click', () => {
    const row = template.content.cloneNode(true);
    for (const field of row.querySelectorAll('[name]')) field.name = field.name.replace('[]', `[${rows.rows.length}]`);
    rows.append(row);
    rows.lastElementChild.querySelector('[name$="ServiceName"]').focus();
  });
  follow();
}
