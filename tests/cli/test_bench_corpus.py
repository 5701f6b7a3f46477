from click.testing import CliRunner

from luoshi.cli.bench_corpus import command, timed

TEXT = "某县2023年重点任务\n1.做强工业。完成工业投资65亿元以上，争创国家森林城市。\n2.稳就业。城镇登记失业率控制在3%以内。\n"


def test_every_figure_is_told_of_a_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("luoshi.cli.bench_corpus._told", lambda program, *rest: "0.1")
    (tmp_path / "甲.txt").write_text(TEXT, "utf-8")
    (tmp_path / "图.bin").write_bytes(b"\0")
    done = CliRunner().invoke(command, [str(tmp_path), "--workers", "1"])
    lines = done.output.splitlines()
    assert [line.split("：")[0].split("  ")[1] for line in lines] == [
        "一个核",
        "每字微秒",
        "载入识读器",
        "最大一份的内存",
    ]
    assert "1份" in lines[0]
    assert "载入识读器：100 毫秒" in lines[2]


def test_a_folder_without_documents_is_said(tmp_path):
    assert "没有可读的文件" in CliRunner().invoke(command, [str(tmp_path)]).output


def test_a_document_is_timed_in_parts(tmp_path):
    path = tmp_path / "甲.txt"
    path.write_text(TEXT, "utf-8")
    length, loading, reading = timed(path)
    assert length >= len(TEXT.strip()) - 2
    assert loading >= 0
    assert reading > 0
