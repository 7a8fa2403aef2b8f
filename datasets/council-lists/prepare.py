"""Recipe: six official lists of the same councils, each with the names as its owner wrote them."""

from pathlib import Path

from grader.data.tidy import csv_bytes, read_text

LISTS = {
    "land_registry_list": ("land-registry", {"Local Authority": "name"}),
    "service_directory_list": ("local-directgov", {"name": "name", "snac": "snac_code"}),
    "schools_list": ("edubase", {"name": "name", "code": "school_list_code"}),
    "ordnance_survey_list": ("os-boundary-line", {"name": "name", "type": "type", "code": "gss_code"}),
    "statistics_linked_data_list": (
        "opendatacommunities",
        {"Local_Authority_Name": "name", "LA_Type_Label": "type", "ONS_Code": "gss_code"},
    ),
    "boundary_commission_list": ("boundary-commission", {"name": "name", "local-authority-category": "type"}),
}


def prepare(raw: Path) -> dict[str, bytes]:
    """Keep the name, and the list's own type and code where it has them; change no value."""
    files = {}
    for name, (source, columns) in LISTS.items():
        table = read_text(raw / "registers-local-authority" / "lists" / f"{source}.tsv", sep="\t")
        files[f"{name}.csv"] = csv_bytes(table[list(columns)].rename(columns=columns))
    return files
