import pytest

from luoshi.web.english.page import in_english
from luoshi.web.english.translator import Translator


@pytest.fixture(scope="module")
def said():
    words = {
        "任务": "Tasks",
        "您有{}件待办": "You have {1} to do",
        "去办理": "deal with them",
        "保存": "Save",
        "A&B“好”": "A & B <good>",
    }
    return Translator(words).say


@pytest.mark.parametrize(
    ("page", "english"),
    [
        ('<html lang="zh-Hans"><p>任务</p>', '<html lang="en"><p>Tasks</p>'),
        ('<a title="任务" href="/任务/">任务</a>', '<a title="Tasks" href="/任务/">Tasks</a>'),
        ('<input type="submit" value="保存">', '<input type="submit" value="Save">'),
        ('<input type="text" value="保存">', '<input type="text" value="保存">'),
        ("<textarea>任务</textarea>任务", "<textarea>任务</textarea>Tasks"),
        (
            '<div translate="no">任务<div>任务</div>任务</div>任务',
            '<div translate="no">任务<div>任务</div>任务</div>Tasks',
        ),
        ("<p>新建学校</p>", '<p><span lang="zh-Hans">新建学校</span></p>'),
        ("<option>新建学校</option>", "<option>新建学校</option>"),
        ("<p>您有3件待办，<a>去办理</a>。</p>", "<p>You have 3 to do, <a>deal with them</a>. </p>"),
        ("<p>您有3件待办<a>去办理</a></p>", "<p>You have 3 to do<a> deal with them</a></p>"),
        ("<p>您有3件待办</p><p>去办理</p>", "<p>You have 3 to do</p><p>Deal with them</p>"),
        ("<p>A&amp;B“好”</p>", "<p>A &amp; B &lt;good&gt;</p>"),
        (
            "<h2>去办理</h2><p>新建学校<b>去办理</b></p>",
            '<h2>Deal with them</h2><p><span lang="zh-Hans">新建学校</span><b> deal with them</b></p>',
        ),
        ("<p>去办理<b>100.00</b></p>", "<p>Deal with them<b> 100.00</b></p>"),
        ("<p>1<b>2</b></p>", "<p>1<b>2</b></p>"),
        ("<p>去办理<b>新建学校</b></p>", '<p>Deal with them<b> <span lang="zh-Hans">新建学校</span></b></p>'),
        ("<label>任务<b>（任务）</b></label>", "<label>Tasks<b> (Tasks)</b></label>"),
        ("<label>任务<b>去办理</b></label>", "<label>Tasks<b> deal with them</b></label>"),
        ("<td>12<small>去办理</small></td>", "<td>12<small> deal with them</small></td>"),
        ("<script>任务</script>", "<script>任务</script>"),
        ("<!-- 任务 --><p>a &lt; b</p>", "<!-- 任务 --><p>a &lt; b</p>"),
    ],
)
def test_only_what_is_read_or_heard_is_said_in_english(said, page, english):
    assert in_english(page, said) == english
