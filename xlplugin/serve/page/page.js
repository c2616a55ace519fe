"use strict";
// The page: what was dropped is sent to the program on this desk, what it says is shown. It computes nothing.

const GONE = "程序已经结束，或者没有应答。请再双击一次「生成通报.cmd」，或再运行 kp serve。";
let largest = 0;

function token() { return localStorage.getItem("kp-token") || ""; }

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, Object.assign({ method: "POST" }, options, { headers: Object.assign({ "X-KP-Token": token() }, (options || {}).headers) }));
  } catch (failure) {
    throw new Error(GONE);
  }
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error || GONE);
  return answer;
}

async function asked(path, body) {
  return (await ask(path, { body: body instanceof Blob ? body : JSON.stringify(body || {}) })).json();
}

async function enter() {
  const key = location.hash.slice(1);
  if (key) {
    history.replaceState(null, "", location.pathname);
    localStorage.setItem("kp-token", (await (await ask("enter", { headers: { "X-KP-Key": key } })).json()).token);
  }
  largest = (await asked("api/here")).largest;
}

function tell(place, words, wrong) {
  place.textContent = words;
  place.hidden = !words;
  place.classList.toggle("wrong", Boolean(wrong));
}

function made(tag, words, kind) {
  const node = document.createElement(tag);
  node.textContent = words;
  if (kind) node.className = kind;
  return node;
}

function fill(place, nodes) {
  place.textContent = "";
  nodes.forEach((node) => place.append(node));
}

function rows(place, lines) {
  fill(place, lines.map((words) => {
    const row = document.createElement("tr");
    words.forEach((each) => row.append(made("td", each)));
    row.classList.toggle("error", words[0] === "错误");
    return row;
  }));
}

function selected(options, first) {
  const node = document.createElement("select");
  node.append(new Option(first, ""));
  options.forEach(([words, value]) => node.append(new Option(words, value)));
  return node;
}

function labelled(words, node) {
  const label = made("label", words + " ");
  label.append(node);
  return label;
}

class Ledger {
  constructor(file) {
    this.file = file;
    this.answers = [];
    this.asOf = ""; // "" for the workbook's own date
    this.card = document.getElementById("ledger").content.firstElementChild.cloneNode(true);
    this.part(".name").textContent = file.name;
    document.getElementById("ledgers").prepend(this.card);
    this.on(".away", () => this.away());
    this.on(".again", () => this.look());
    this.on(".answer", () => this.answer());
    this.on(".write", () => this.make("bulletin", "正在写通报……"));
    this.on(".keep", () => this.make("archive", "正在归档……"));
    this.part(".as-of").addEventListener("change", () => {
      this.asOf = this.part(".as-of").value;
      if (this.asOf) this.work(() => this.look());
    });
    this.work(() => this.send());
  }

  part(name) { return this.card.querySelector(name); }

  on(name, action) { this.part(name).addEventListener("click", () => this.work(action)); }

  // One thing at a time; what goes wrong is told on the card.
  async work(action) {
    const buttons = [...this.card.querySelectorAll("button, .settings input, .settings select")];
    buttons.forEach((button) => { button.disabled = true; });
    try {
      await action();
    } catch (failure) {
      tell(this.part(".state"), failure.message, true);
      if (failure.message.includes("密码")) this.part(".locked").hidden = false;
    }
    buttons.forEach((button) => { button.disabled = false; });
  }

  wish() {
    return {
      as_of: this.asOf,
      sheet: this.part(".sheet").value,
      password: this.part(".password").value,
      answers: this.answers,
      force: this.part(".force").checked,
    };
  }

  async send() {
    if (this.file.size > largest) throw new Error(`文件超过${Math.floor(largest / 1e6)}MB，没有读。请另存一份，去掉图片和用不着的工作表再试。`);
    tell(this.part(".state"), "正在读台账……");
    this.number = (await asked("api/ledgers?name=" + encodeURIComponent(this.file.name), this.file)).number;
    await this.look();
  }

  async look() {
    if (!this.number) { await this.send(); return; }
    tell(this.part(".state"), "正在读台账……");
    ["asked", "make", "problems", "reading", "history"].forEach((name) => { this.part("." + name).hidden = true; });
    this.show(await asked(`api/ledgers/${this.number}/look`, this.wish()));
  }

  show(look) {
    tell(this.part(".state"), look.refusal || look.closing, Boolean(look.refusal));
    if (look.as_of) this.part(".as-of").value = look.as_of;
    const sheet = this.part(".sheet"), chosen = sheet.value;
    sheet.length = 1;
    look.sheets.forEach((title) => sheet.append(new Option(title, title)));
    sheet.value = chosen;
    this.section(".reading", look.reading.length, (place) => fill(place.querySelector("ul"), look.reading.map((line) => made("li", line.trim()))));
    this.section(".problems", look.problems.length, (place) => rows(place.querySelector("tbody"), look.problems));
    this.section(".history", look.history.length, (place) => rows(place.querySelector("tbody"), look.history));
    this.section(".asked", look.questions.length, (place) => this.ask(place.querySelector("ol"), look.questions));
    this.section(".answers", this.answers.length, (place) => this.told(place.querySelector("ul")));
    this.section(".make", !look.refusal, () => {
      this.part(".forced").hidden = !look.errors;
      this.part(".force").checked = false;
      this.part(".text").hidden = true;
      tell(this.part(".written"), look.errors ? `还有${look.errors}处错误，改正或回答以后再生成。` : "");
      fill(this.part(".files"), []);
    });
  }

  section(name, there, filled) {
    const place = this.part(name);
    place.hidden = !there;
    if (there) filled(place);
  }

  ask(place, questions) {
    this.questions = questions.map((question) => {
      const row = question.row, item = document.createElement("li");
      item.append(made("p", (row.hers ? `${row.kind}「${row.hers}」${row.place ? `（${row.place}）` : ""}　` : "") + row.note));
      const choice = selected(question.choices.map((each) => [each, each]), "请选");
      const heading = question.headings.length ? selected(question.headings.map(([words, where], at) => [`${where}「${words}」`, at]), "请选") : null;
      if (heading) item.append(labelled("看哪一栏：", heading));
      item.append(labelled(row.asked === "unit" ? "单位是：" : "当作：", choice));
      return { question, choice, heading, item };
    });
    fill(place, this.questions.map((each) => each.item));
  }

  async answer() {
    const answers = this.questions.map(({ question, choice, heading }) => {
      if (!choice.value || (heading && !heading.value)) return null;
      const row = question.row, asks = row.asked === "unit" ? "unit" : "ours";
      const [hers, where] = heading ? question.headings[heading.value] : [row.hers, row.place];
      return { kind: row.kind, hers, place: where, ours: row.ours, unit: row.unit, note: row.note, [asks]: choice.value };
    }).filter(Boolean);
    if (!answers.length) throw new Error("还没有选。请在黄色的问题里选好，再读一遍。");
    const same = (one, other) => ["kind", "hers", "place"].every((key) => one[key] === other[key]);
    this.answers = this.answers.filter((old) => !answers.some((each) => same(each, old))).concat(answers);
    await this.look();
  }

  told(place) {
    fill(place, this.answers.map((answer) => {
      const item = made("li", `${answer.kind}「${answer.hers}」${answer.place ? `（${answer.place}）` : ""}：${[answer.ours, answer.unit].filter(Boolean).join("，")} `);
      const back = made("button", "收回");
      back.type = "button";
      back.addEventListener("click", () => this.work(async () => {
        this.answers = this.answers.filter((each) => each !== answer);
        this.part(".answers").hidden = true;
        await this.look();
      }));
      item.append(back);
      return item;
    }));
  }

  async make(what, meanwhile) {
    tell(this.part(".written"), meanwhile);
    fill(this.part(".files"), []);
    const done = await asked(`api/ledgers/${this.number}/${what}`, this.wish()).catch((failure) => ({ refusal: failure.message, files: [] }));
    const hints = [
      "写好了，点一下就下载。" + done.note,
      what === "archive" ? "下个月就在名字带「归档」的这本台账里接着填。" : "",
      what === "bulletin" && this.answers.length ? "名字带「认表」的是记着您的回答的台账，下个月就用它。" : "",
    ];
    tell(this.part(".written"), done.refusal || hints.join(""), Boolean(done.refusal));
    fill(this.part(".files"), done.files.map((name, at) => {
      const item = document.createElement("li"), button = made("button", name);
      button.type = "button";
      button.addEventListener("click", () => this.work(() => this.download(name, at)));
      item.append(button);
      return item;
    }));
    tell(this.part(".text"), done.text || "");
  }

  async download(name, at) {
    const address = URL.createObjectURL(await (await ask(`api/ledgers/${this.number}/files/${at}`, { method: "GET" })).blob());
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  async away() {
    if (this.number) await ask(`api/ledgers/${this.number}`, { method: "DELETE" });
    this.card.remove();
  }
}

function take(files) { [...files].forEach((file) => new Ledger(file)); }

document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => { event.preventDefault(); take(event.dataTransfer.files); });
const drop = document.getElementById("drop"), pick = document.getElementById("pick");
["dragenter", "dragover"].forEach((name) => drop.addEventListener(name, () => drop.classList.add("over")));
["dragleave", "drop"].forEach((name) => drop.addEventListener(name, () => drop.classList.remove("over")));
pick.addEventListener("change", () => { take(pick.files); pick.value = ""; });

const notice = document.getElementById("notice");
enter().catch((failure) => tell(notice, failure.message, true));
setInterval(() => asked("api/here").then(() => tell(notice, ""), (failure) => tell(notice, failure.message, true)), 60000);
