import os
import stat

import pytest

from marsad.publish.output_file import open_whole


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
