// Lists the topics that have every word that is typed, the latest first. The rows stand in the page: nothing is asked for.
const field = document.querySelector("input"), list = document.querySelector("#found"), said = document.querySelector("[role=status]");
const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const rows = JSON.parse(document.querySelector("#rows").content.textContent).map(row => ({row, text: fold(row.slice(1).join("\n"))}));
const most = 100;
field.addEventListener("input", () => {
  const words = fold(field.value).split(/\s+/).filter(Boolean);
  const found = words.length ? rows.filter(({text}) => words.every(word => text.includes(word))) : [];
  list.replaceChildren(...found.slice(0, most).map(({row}) => {
    const item = document.createElement("li"), link = document.createElement("a"), day = document.createElement("span");
    link.href = row[0] + ".html";
    link.textContent = row[2];
    link.dir = "auto";
    day.textContent = " " + row[1];
    day.className = "muted";
    item.append(link, day);
    return item;
  }));
  said.textContent = words.length ? found.length + " / " + rows.length : "";
});
