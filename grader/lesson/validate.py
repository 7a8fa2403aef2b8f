"""Check a lesson folder: every problem at once, each with its file, its place, what it is and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from grader.lesson import (
    validate_answers,
    validate_charts,
    validate_code,
    validate_exercises,
    validate_figures,
    validate_messages,
    validate_notes,
    validate_page,
    validate_run,
    validate_slips,
    validate_text,
)
from grader.lesson.problem import Problem
from grader.lesson.read import FILES
from grader.lesson.validate_subject import Subject, look

Rule = Callable[[Subject], Iterator[Problem]]

ON_THE_PAGE: tuple[Rule, ...] = (
    validate_page.headings,
    validate_page.first_screen,
    validate_page.lists,
    validate_page.slant_and_bold,
    validate_page.links,
    validate_page.tables,
    validate_exercises.exercises,
    validate_exercises.data_cards,
    validate_text.reading_grade,
    validate_text.sentence_length,
    validate_text.cell_length,
    validate_text.word_use,
    validate_text.terms,
    validate_text.short_forms,
    validate_figures.typed_figures,
    validate_figures.unknown_figures,
    validate_charts.text_alternatives,
    validate_code.taught_first,
    validate_code.listed_words,
    validate_notes.minutes,
)
BESIDE_IT: tuple[Rule, ...] = (
    validate_code.taught_in_worked_lines,
    validate_messages.message_length,
    validate_messages.message_words,
    validate_messages.message_grade,
    validate_messages.hints,
    validate_messages.enough_slips,
    validate_messages.answer_kept_back,
    validate_figures.typed_in_messages,
    validate_slips.slips_apart,
    validate_answers.names,
    validate_answers.coverage,
    validate_text.notes_word_use,
    validate_figures.typed_in_notes,
    validate_notes.sections,
    validate_notes.rubric,
    validate_notes.left_over,
)


def check(folder: Path) -> list[Problem]:
    """Return everything that is not right in a lesson folder, by file and in the order of the rules."""
    subject, problems = look(folder)
    for rule in (*ON_THE_PAGE, *BESIDE_IT):
        problems += rule(subject)
    if subject.whole:
        problems += validate_run.run(subject)
    return in_order(problems)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return each problem once, file by file."""
    files = {name: place for place, name in enumerate(FILES)}
    return sorted(dict.fromkeys(problems), key=lambda problem: files.get(problem.file, len(files)))
