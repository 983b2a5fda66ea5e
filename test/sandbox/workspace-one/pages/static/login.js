// The part of an address that no server sees: kept over the sign-in, as the console's `Hash` field is for.
const hash = document.querySelector('#Hash');
if (hash !== null && hash.value === '') hash.value = location.hash;
