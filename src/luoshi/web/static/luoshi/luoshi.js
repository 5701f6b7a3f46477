// 没有脚本，所有页面照样能读、能填；这里只让键盘更顺手、草稿更安全。
(function () {
  "use strict";

  function either(chinese, english) { return document.documentElement.lang === "en" ? english : chinese; }
  function say(text) {
    var live = document.getElementById("live");
    if (live) { live.textContent = text; }
  }

  function typing(target) {
    return target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
  }

  // 在别的窗口重新登录后，旧页面的令牌已失效；以现在的为准，填好的内容才交得上去。
  function freshToken() {
    var found = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
    if (found) {
      document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach(function (field) { field.value = found[1]; });
    }
    return found && found[1];
  }

  function sendFreshToken(event) {
    var token = freshToken();
    if (!token) { return; }
    event.detail.headers["X-CSRFToken"] = token;
    if (event.detail.verb !== "get") { event.detail.parameters.csrfmiddlewaretoken = token; }
  }

  // 表格式填报：回车和上下键在同一栏走格，制表键先走完各行的数，整列粘贴。
  function enableSheet(form) {
    var changed = false;

    function all(selector) { return Array.prototype.slice.call(form.querySelectorAll(selector)); }

    function beside(fields, field, step) { return fields[fields.indexOf(field) + step]; }

    function column(field) {
      var name = field.getAttribute("data-column");
      return name ? all("[data-column=" + name + "]") : [];
    }

    function next(field) { return beside(column(field), field, 1); }

    // 多行文字里，光标在头尾时上下键才换格。
    function leaves(field, step) {
      if (field.tagName === "INPUT") { return true; }
      return field.selectionStart === field.selectionEnd && field.selectionEnd === (step > 0 ? field.value.length : 0);
    }

    // 节点一格是一组勾选框，粘贴的序号（1、2）勾上对应的框。
    function fill(field, text) {
      if (field.type !== "checkbox") { field.value = text; return; }
      if (!text) { return; }
      var numbers = text.split(/[、，,；;\s]+/);
      Array.prototype.forEach.call(field.closest(".ticks").querySelectorAll("[type=checkbox]"), function (box) {
        box.checked = numbers.indexOf(box.value) >= 0;
      });
    }

    function wanted(event) {
      var field = event.target;
      if (event.key === "Enter" && field.tagName === "INPUT") { return beside(column(field), field, event.shiftKey ? -1 : 1); }
      if (event.target.type === "date" && event.key !== "Tab") { return null; }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        var step = event.key === "ArrowDown" ? 1 : -1;
        return leaves(field, step) ? beside(column(field), field, step) : null;
      }
      var figures = all(".figures input:not([type=hidden])");
      if (event.key !== "Tab" || figures.indexOf(field) < 0) { return null; }
      return beside(figures, field, event.shiftKey ? -1 : 1) || (event.shiftKey ? null : all("[data-column=text]")[0]);
    }

    form.addEventListener("keydown", function (event) {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || !event.target.matches("[data-column], .figures input")) { return; }
      var field = wanted(event);
      if (field || (event.key === "Enter" && event.target.tagName === "INPUT")) { event.preventDefault(); }
      if (field) { field.focus(); field.select(); }
    });
    form.addEventListener("paste", function (event) {
      var lines = event.clipboardData.getData("text").replace(/\r?\n$/, "").split(/\r?\n/);
      if (lines.length < 2 || !event.target.hasAttribute("data-column") || event.target.tagName === "TEXTAREA") { return; }
      event.preventDefault();
      var field = event.target;
      var filled = 0;
      lines.forEach(function (line) {
        if (!field) { return; }
        fill(field, line.split("\t")[0].trim());
        filled += 1;
        field = next(field);
      });
      event.target.dispatchEvent(new Event("input", { bubbles: true }));
      say(either("已粘贴" + filled + "格", filled + " cells pasted"));
    });
    form.addEventListener("input", function () { changed = true; });
    form.addEventListener("submit", function () { changed = false; });
    document.body.addEventListener("htmx:afterRequest", function (event) {
      var saved = document.getElementById("saved");
      if (event.detail.elt !== form) { return; }
      if (event.detail.successful) { changed = false; return; }
      if (!saved) { return; }
      if (event.detail.xhr && event.detail.xhr.status === 401) {
        saved.innerHTML = event.detail.xhr.responseText;
      } else {
        saved.textContent = either("草稿没有存上，请不要关闭本页，再改动时会再存一次。", "The draft was not saved. Do not close this page: the next change saves again.");
      }
    });
    document.body.addEventListener("htmx:configRequest", sendFreshToken);
    window.addEventListener("beforeunload", function (event) {
      if (changed) { event.preventDefault(); event.returnValue = ""; }
    });
  }

  // 识读复核：键盘逐条看；每次办理只换两栏，不换整页；在原文里选中文字就填进补充的表单。
  function enableReview() {
    function desk() { return document.getElementById("desk"); }

    function openAndFill(summary) {
      var details = summary.parentNode;
      details.open = !details.open;
      var field = details.open && details.querySelector("input:not([type=hidden]), select");
      if (field) { field.focus(); }
    }

    function press(event) {
      if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || typing(event.target)) { return; }
      var found = document.querySelector("[data-key=" + CSS.escape(event.key.toLowerCase()) + "]:not([disabled])");
      if (!found) { return; }
      event.preventDefault();
      var field = found.getAttribute("data-field") && document.getElementById(found.getAttribute("data-field"));
      if (field) { field.focus(); if (field.select) { field.select(); } return; }
      if (found.tagName === "SUMMARY") { openAndFill(found); } else { found.click(); }
    }

    // 所示的一条总在原文栏里看得见；已经看得见就不滚动。
    function showHere() {
      var here = document.getElementById("here");
      var text = here && here.closest(".document");
      if (!text) { return; }
      var mark = here.getBoundingClientRect();
      var pane = text.getBoundingClientRect();
      if (mark.top < pane.top + 32 || mark.bottom > pane.bottom - 32) { text.scrollTop += mark.top - pane.top - text.clientHeight / 3; }
    }

    // 选中的起点：段落的起点加上段内的字数，按字计，不按编码单位计。
    function place(node, offset) {
      var paragraph = (node.nodeType === 1 ? node : node.parentNode).closest("[data-at]");
      if (!paragraph) { return null; }
      var range = document.createRange();
      range.setStart(paragraph, 0);
      range.setEnd(node, offset);
      return Number(paragraph.getAttribute("data-at")) + Array.from(range.toString()).length;
    }

    function takeSelection() {
      var chosen = window.getSelection();
      var words = String(chosen).trim();
      var adding = document.querySelector("[data-adding]");
      if (!adding || !words || words.length > 400 || !chosen.rangeCount) { return; }
      var range = chosen.getRangeAt(0);
      if (!range.startContainer.parentNode.closest("#desk .original .document")) { return; }
      adding.querySelector("[name=quote]").value = words;
      adding.querySelector("[name=start]").value = place(range.startContainer, range.startOffset) || "";
      say(either("已选中“" + words.slice(0, 20) + "”，按N补充一条", "Selected “" + words.slice(0, 20) + "”. Press N to add an entry."));
    }

    var scrolled = 0;
    document.addEventListener("keydown", press);
    document.addEventListener("mouseup", takeSelection);
    document.addEventListener("keyup", function (event) { if (event.shiftKey) { takeSelection(); } });
    document.body.addEventListener("htmx:configRequest", sendFreshToken);
    // 拒绝也要显示（别人刚改过、填得不对）；不是这两栏的回应（登录已过期）不换，填的内容留在原处。
    document.body.addEventListener("htmx:beforeSwap", function (event) {
      var isDesk = event.detail.xhr.responseText.indexOf('id="desk"') >= 0;
      event.detail.shouldSwap = isDesk;
      event.detail.isError = false;
      if (!isDesk) { stay(either("没有办成，可能登录已过期。请在新窗口重新登录后再按一次，填的内容还在。", "Not done: the session may have ended. Sign in again in a new window, then press once more; what you typed is still here.")); }
      var text = desk().querySelector(".original .document");
      scrolled = text ? text.scrollTop : 0;
    });
    document.body.addEventListener("htmx:sendError", function () { stay(either("没有办成，网络不通。请稍后再按一次，填的内容还在。", "Not done: no connection. Press again later; what you typed is still here.")); });
    document.body.addEventListener("htmx:afterSwap", function () {
      var text = desk().querySelector(".original .document");
      if (text) { text.scrollTop = scrolled; }
      showHere();
      var summary = desk().querySelector("[data-focus]");
      var card = document.getElementById("proposal");
      var tally = desk().querySelector(".tally strong");
      if (summary) { summary.focus(); } else if (card) { card.focus({ preventScroll: true }); }
      if (card && card.getBoundingClientRect().top > window.innerHeight - 200) { card.scrollIntoView({ block: "nearest" }); }
      say(desk().getAttribute("data-said") + (tally ? tally.textContent : ""));
    });

    function stay(text) {
      var note = document.getElementById("stayed") || document.createElement("p");
      note.id = "stayed";
      note.className = "note error";
      note.setAttribute("role", "alert");
      note.textContent = text;
      var bench = desk().querySelector(".bench");
      bench.insertBefore(note, bench.firstChild);
    }

    // 筛选一改就生效；没有脚本时按“筛选”。
    document.body.addEventListener("change", function (event) {
      if (event.target.closest(".tally .filter")) { event.target.form.requestSubmit(); }
    });
    showHere();
  }

  function enableChoice(button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var boxes = document.querySelectorAll("input[data-flags]");
      var chosen = 0;
      boxes.forEach(function (box) {
        if (box.getAttribute("data-flags") === "0") { box.checked = true; chosen += 1; }
      });
      var flagged = button.getAttribute("data-choose") === "unflagged" ? either("，有提示的须逐项勾选", "; those with a hint are ticked one by one") : "";
      say(either("已选中" + chosen + "项", chosen + " selected") + flagged);
    });
  }

  // 打开锚点所指的折叠段落，使“为什么”一点就见。
  function openTarget() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === "DETAILS") { target.open = true; }
  }

  document.addEventListener("submit", freshToken);
  document.addEventListener("DOMContentLoaded", function () {
    var sheet = document.querySelector("[data-sheet]");
    if (sheet) { enableSheet(sheet); }
    if (document.querySelector("[data-reading]")) { enableReview(); }
    if (window.matchMedia("(min-width: 721px)").matches) {
      document.querySelectorAll("[data-fold]").forEach(function (fold) { fold.open = true; });
    }
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
