import os
import stat
from pathlib import Path

import pytest

from marsad.publish.output_file import open_together, open_whole


def test_the_file_is_there_when_the_block_ends(tmp_path):
    path = tmp_path / "out.json"
    with open_whole(path) as stream:
        stream.write("سلام\n")
        assert not path.exists()
    assert path.read_bytes() == "سلام\n".encode()


def break_off(path, error):
    with open_whole(path) as stream:
        stream.write("half")
        raise error


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_nothing_is_left_when_the_block_fails(tmp_path, error):
    path = tmp_path / "out.json"
    with pytest.raises(error):
        break_off(path, error())
    assert list(tmp_path.iterdir()) == []


def test_an_old_file_stays_as_it_was_when_the_block_fails(tmp_path):
    path = tmp_path / "out.json"
    path.write_text("old")
    with pytest.raises(ValueError, match="no"):
        break_off(path, ValueError("no"))
    assert path.read_text() == "old"


def test_permissions_of_an_old_file_are_kept(tmp_path):
    path = tmp_path / "out.json"
    path.write_text("old")
    path.chmod(0o640)
    with open_whole(path) as stream:
        stream.write("new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_is_followed(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    link.symlink_to(target)
    with open_whole(link) as stream:
        stream.write("x")
    assert link.is_symlink()
    assert target.read_text() == "x"


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(IsADirectoryError), open_whole(tmp_path):
        pass


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError), open_whole(tmp_path / "no" / "out"):
        pass


def test_a_device_is_written_to_directly():
    with open_whole(__import__("pathlib").Path(os.devnull)) as stream:
        stream.write("x")
    assert not os.path.isfile(os.devnull)  # noqa: PTH113 - the device must still be one


def test_an_open_pipe_is_written_to_by_its_name():
    reader, writer = os.pipe()
    try:
        with open_whole(Path(f"/dev/fd/{writer}")) as stream:
            stream.write("one line\n")
        assert os.read(reader, 100) == b"one line\n"
    finally:
        os.close(reader)
        os.close(writer)


def test_files_appear_together_or_not_at_all(tmp_path):
    with open_together(tmp_path) as reserve:
        for name in ("a", "b"):
            reserve(tmp_path / name).write_text(name)
        assert not (tmp_path / "a").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_files_that_fail_together_leave_what_was_there(tmp_path):
    (tmp_path / "a").write_text("a")

    def fail():
        with open_together(tmp_path) as reserve:
            reserve(tmp_path / "a").write_text("changed")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert (tmp_path / "a").read_text() == "a"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_folder_in_the_way_is_named(tmp_path):
    (tmp_path / "a").mkdir()
    with pytest.raises(IsADirectoryError, match="folder"), open_together(tmp_path) as reserve:
        reserve(tmp_path / "a")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
