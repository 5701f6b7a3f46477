// 没有脚本，所有页面照样能读、能填；这里只让键盘更顺手、草稿更安全。
(function () {
  "use strict";

  function say(text) {
    var live = document.getElementById("live");
    if (live) { live.textContent = text; }
  }

  function typing(target) {
    return target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
  }

  // 表格式填报：回车到下一行同一栏，整列粘贴。
  function enableSheet(form) {
    var changed = false;

    function column(field) {
      var name = field.getAttribute("data-column");
      return name ? Array.prototype.slice.call(form.querySelectorAll("[data-column=" + name + "]")) : [];
    }

    function next(field) {
      var fields = column(field);
      return fields[fields.indexOf(field) + 1];
    }

    form.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" || event.isComposing || event.shiftKey || event.target.tagName !== "INPUT") { return; }
      event.preventDefault();
      var below = next(event.target);
      if (below) { below.focus(); below.select(); }
    });
    form.addEventListener("paste", function (event) {
      var lines = event.clipboardData.getData("text").replace(/\r?\n$/, "").split(/\r?\n/);
      if (lines.length < 2 || !event.target.hasAttribute("data-column") || event.target.tagName === "TEXTAREA") { return; }
      event.preventDefault();
      var field = event.target;
      var filled = 0;
      lines.forEach(function (line) {
        if (!field) { return; }
        if (!field.readOnly) { field.value = line.split("\t")[0].trim(); filled += 1; }
        field = next(field);
      });
      event.target.dispatchEvent(new Event("input", { bubbles: true }));
      say("已粘贴" + filled + "格");
    });
    form.addEventListener("input", function () { changed = true; });
    form.addEventListener("submit", function () { changed = false; });
    document.body.addEventListener("htmx:afterRequest", function (event) {
      var saved = document.getElementById("saved");
      if (event.detail.elt !== form) { return; }
      if (event.detail.successful) { changed = false; } else if (saved) { saved.textContent = "草稿没有存上，请不要关闭本页，稍后会再试。"; }
    });
    window.addEventListener("beforeunload", function (event) {
      if (changed) { event.preventDefault(); event.returnValue = ""; }
    });
  }

  // 识读复核：J、K、A、E、R、U。
  function enableKeys() {
    document.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) { return; }
      var button = document.querySelector("[data-key=" + CSS.escape(event.key.toLowerCase()) + "]:not([disabled])");
      if (button) { event.preventDefault(); button.click(); }
    });
    var here = document.getElementById("here");
    var text = here && here.closest(".document");
    if (text) { text.scrollTop += here.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3; }
  }

  function enableChoice(button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var boxes = document.querySelectorAll("input[data-flags]");
      var chosen = 0;
      boxes.forEach(function (box) {
        box.checked = box.getAttribute("data-flags") === "0";
        if (box.checked) { chosen += 1; }
      });
      say("已选中" + chosen + "项");
    });
  }

  // 打开锚点所指的折叠段落，使“为什么”一点就见。
  function openTarget() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === "DETAILS") { target.open = true; }
  }

  document.addEventListener("DOMContentLoaded", function () {
    var sheet = document.querySelector("[data-sheet]");
    if (sheet) { enableSheet(sheet); }
    if (document.querySelector("[data-reading]")) { enableKeys(); }
    document.querySelectorAll("[data-choose]").forEach(enableChoice);
    document.querySelectorAll("[data-print]").forEach(function (button) {
      button.addEventListener("click", function () { window.print(); });
    });
    var summary = document.querySelector("[data-focus]");
    if (summary) { summary.focus(); }
    openTarget();
    window.addEventListener("hashchange", openTarget);
  });
})();
