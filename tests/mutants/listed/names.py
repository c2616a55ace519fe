"""The grammar of figures: words, figures, months, rankings, 同比."""

from __future__ import annotations

from mutants.listed.mutant import room

NAMES = "line/test_names.py"
RANK = "months/test_ranking.py"

NAMES = room(
    "naming",
    (
        "a name's words are taken one by one",
        "figures/grammar.py",
        "for taken in range(len(pieces), 0, -1):",
        "for taken in range(1, len(pieces) + 1):",
        NAMES,
    ),
    (
        "a word of two meanings has the first",
        "figures/grammar.py",
        "if len(found) > 1:",
        "if False:",
        NAMES,
    ),
    (
        "前十二名 are two",
        "amounts.py",
        "_DIGITS.get(tens, 1)",
        "_DIGITS.get(tens, 0)",
        NAMES,
    ),
    (
        "同比 is a quotient",
        "figures/declared.py",
        "ratio(done - past, past)",
        "ratio(done, past)",
        NAMES,
    ),
    (
        "同比 goes by the month's first archiving",
        "figures/selection.py",
        "cutoffs == cutoffs[same].max()",
        "cutoffs == cutoffs[same].min()",
        NAMES,
    ),
    (
        "the last may be among the first",
        "figures/ranking.py",
        " if len(rated) > 2 * count else []",
        "",
        (RANK, NAMES),
    ),
    (
        "低于总体 begins with the nearest",
        "figures/ranking.py",
        "return chosen if above else chosen[::-1]",
        "return chosen",
        (RANK, NAMES),
    ),
    (
        "a month's money is that of all months before",
        "figures/declared.py",
        "else end - before",
        "else end",
        NAMES,
    ),
    (
        "of equally bad projects the smallest is first",
        "figures/selection.py",
        "np.lexsort((-self.facts",
        "np.lexsort((self.facts",
        (NAMES, "line/test_said.py"),
    ),
    (
        "the finished count as due",
        "figures/selection.py",
        'self.count(planned & self.facts.data["finished"])',
        'self.count(self.facts.data["finished"])',
        NAMES,
    ),
    (
        "新开工 counts what begins after the cut-off",
        "figures/words.py",
        " & (days <= np.datetime64(as_of))",
        "",
        NAMES,
    ),
    (
        "省重点、市重点 is what is both",
        "figures/words.py",
        "np.logical_or.reduce(masks)",
        "np.logical_and.reduce(masks)",
        NAMES,
    ),
    (
        "a share is of all projects",
        "figures/selection.py",
        "return Selection(self.known, self.words[:-1], self.months)",
        "return Selection(self.known, (), self.months)",
        NAMES,
    ),
    (
        "a month that is none is looked for again",
        "figures/grammar.py",
        'if begin not in ("", pieces[0]):',
        "if begin:",
        NAMES,
    ),
    (
        "the year has a month before its first",
        "figures/words.py",
        "1 <= ends[0] <= ends[1] <= 12",
        "ends[0] <= ends[1] <= 12",
        NAMES,
    ),
)
