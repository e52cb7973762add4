"""A file is written whole or not at all."""

import pytest

from grader.batch.atomic import writing
from grader.errors import UsageError


def test_a_file_is_there_when_the_block_has_ended(tmp_path):
    with writing(tmp_path / "book.csv") as file:
        file.write(b"new")

        assert not (tmp_path / "book.csv").exists()

    assert (tmp_path / "book.csv").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["book.csv"]


@pytest.mark.parametrize("ending", [ValueError, KeyboardInterrupt])
def test_the_old_file_stays_when_writing_ends_early(tmp_path, ending):
    """Whoever reads the file never sees half of it, and no draft is left beside it."""
    book = tmp_path / "book.csv"
    book.write_bytes(b"old")

    def stop_halfway():
        with writing(book) as file:
            file.write(b"ne")
            raise ending

    with pytest.raises(ending):
        stop_halfway()

    assert book.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [book]


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path):
    missing = pytest.raises(UsageError, match=r"cannot be written: No such file .*-o")

    with missing, writing(tmp_path / "gone" / "book.csv"):
        pass


def test_a_folder_in_the_place_of_the_file_is_a_sentence(tmp_path):
    (tmp_path / "book.csv").mkdir()

    in_the_way = pytest.raises(UsageError, match="cannot be written: Is a directory")

    with in_the_way, writing(tmp_path / "book.csv") as file:
        file.write(b"new")

    assert [path.name for path in tmp_path.iterdir()] == ["book.csv"]
