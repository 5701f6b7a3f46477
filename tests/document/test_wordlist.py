"""Word lists and their compiled files."""

import pytest

import luoshi.document
from luoshi.document.wordlist import COMPILED, LexiconError, compile_lexicon, load_lexicon

ROOMS = sorted(luoshi.document.__path__)


def folders():
    from pathlib import Path

    return sorted(Path(ROOMS[0]).parent.glob("*/lexicon"))


@pytest.mark.parametrize("folder", folders(), ids=lambda path: path.parent.name)
def test_the_compiled_file_is_in_step_with_its_yaml(folder):
    written = (folder / COMPILED).read_text("utf-8")
    assert written == compile_lexicon(folder), "run: python -m luoshi.document.wordlist"


def test_a_folder_without_a_compiled_file_is_read_from_its_yaml(tmp_path):
    (tmp_path / "甲.yaml").write_text("source: {title: ''}\nwords: [乙, 丙]\n", "utf-8")
    assert load_lexicon(tmp_path) == {"甲": {"words": ["乙", "丙"]}}


@pytest.mark.parametrize(
    "text",
    [
        "words: [乙]\n",
        "source: {title: ''}\nwords: [乙, 乙]\n",
        "source: {title: ''}\nwords: [乙, '']\n",
        "source: {title: ''}\nwords: 乙\n",
        "source: {title: ''}\nwords: [乙]\nwords: [丙]\n",
    ],
)
def test_a_wrong_word_list_is_refused_with_its_file(tmp_path, text):
    (tmp_path / "甲.yaml").write_text(text, "utf-8")
    with pytest.raises(LexiconError, match="甲"):
        compile_lexicon(tmp_path)
