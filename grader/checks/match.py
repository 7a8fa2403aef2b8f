"""How an answer compares with what is expected."""

from __future__ import annotations

from dataclasses import dataclass

SAME, FORM, DIFFERS = "same", "form", "differs"


@dataclass(frozen=True)
class Match:
    """The outcome of one comparison.

    `level` is SAME, FORM (right numbers, other form: `forms` says which) or DIFFERS (`problem` names a
    recognised reason, `detail` says where). `share` is the part of the marks that a chart has earned.
    """

    level: str
    forms: tuple[str, ...] = ()
    problem: str = ""
    detail: str = ""
    share: float = 0.0

    @property
    def agrees(self) -> bool:
        """Whether the numbers are right, in whatever form."""
        return self.level != DIFFERS


def same() -> Match:
    """The answer is what was expected."""
    return Match(SAME, share=1.0)


def other_form(*forms: str) -> Match:
    """The numbers are right; `forms` names what differs."""
    return Match(FORM, forms=forms, share=1.0) if forms else same()


def differs(problem: str = "", detail: str = "", share: float = 0.0) -> Match:
    """The answer is something else."""
    return Match(DIFFERS, problem=problem, detail=detail, share=share)


FORM_WORDS = {
    "rounded": "You have rounded it. Keep all the decimal places, or as many as the question asks for.",
    "not_rounded": "It has more decimal places than the question asks for. Use round.",
    "percent": "You gave it as a percentage. The question asks for a share, between 0 and 1.",
    "share": "You gave it as a share, between 0 and 1. The question asks for a percentage.",
    "boxed": "It is inside a list or a column. Take the single number out.",
    "boxed_text": "It is inside a list or a column. Type the text by itself, in quote marks.",
    "with_blank": "You have counted a blank as one of the names. pandas leaves blanks out of its counts.",
    "text_number": "It is text. Take the quote marks off so Python reads a number.",
    "order": "The rows are in another order.",
    "column_order": "The columns are in another order.",
    "name": "The column has another name.",
    "column_names": "The columns have other names.",
    "extra_columns": "There is at least one column more than the question asks for.",
    "row_labels": "The row labels at the left are not the ones from the table.",
    "labels_as_column": "The labels are in a column of their own.",
    "number_type": "Whole numbers are shown with a decimal point, or the other way round.",
    "list": "It is a list. A column from the table keeps its row labels.",
    "table": "It is a table. The question asks for one column.",
    "column": "It is one column. The question asks for a table.",
    "dictionary": "It is a dictionary. A column keeps the same labels.",
}
