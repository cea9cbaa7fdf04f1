"""What the simulated AWS remembers after it was stopped at any moment."""

import os
import tempfile
import unittest

from aws_journal import Journal


class JournalTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "journal")

    def opened(self):
        journal = Journal(self.path)
        self.addCleanup(os.close, journal.file)
        return journal

    def replayed(self):
        entries = []
        self.opened().replay(lambda number, entry: entries.append((number, entry)))
        return entries

    def test_everything_that_was_appended_comes_again_in_its_order(self):
        journal = self.opened()
        self.assertEqual([journal.append({"call": name}) for name in "ab"], [1, 2])
        self.assertEqual(self.replayed(), [(1, {"call": "a"}), (2, {"call": "b"})])

    def test_a_last_line_that_was_cut_off_is_gone_and_takes_no_number(self):
        self.opened().append({"call": "a"})
        with open(self.path, "ab") as file:
            file.write(b'{"call": "b"')
        journal = self.opened()
        journal.replay(lambda number, entry: None)
        self.assertEqual(journal.append({"call": "c"}), 2)
        self.assertEqual(self.replayed(), [(1, {"call": "a"}), (2, {"call": "c"})])

    def test_another_line_that_is_not_whole_is_an_error_with_its_number(self):
        with open(self.path, "wb") as file:
            file.write(b'{"call": "a"}\n{"cal\n{"call": "c"}\n')
        with self.assertRaisesRegex(ValueError, "line 2 of .* is not whole"):
            self.replayed()


if __name__ == "__main__":
    unittest.main()
