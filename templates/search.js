// Hides the issues that do not have every word that is typed. Without this script the list is whole.
const box = document.querySelector(".search"), field = box.querySelector("input"), said = box.querySelector("p");
const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const entries = [...document.querySelectorAll(".entry")].map(node => ({node, text: fold(node.textContent), lines: [...node.querySelectorAll("details li")].map(line => fold(line.textContent))}));
field.addEventListener("input", () => {
  const words = fold(field.value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const {node, text, lines} of entries) {
    node.hidden = !words.every(word => text.includes(word));
    found += !node.hidden;
    const inside = node.querySelector("details");
    if (inside) inside.open = !node.hidden && words.length > 0 && lines.some(line => words.some(word => line.includes(word)));
  }
  for (const month of document.querySelectorAll(".month")) month.hidden = !month.querySelector(".entry:not([hidden])");
  said.textContent = words.length ? found + " / " + entries.length : "";
});
box.hidden = false;
