"""Recipe: the register of English councils, in 2017 and in 2020, and the map to GSS codes."""

from pathlib import Path

from grader.data.tidy import csv_bytes, read_text

COLUMNS = {
    "local-authority-eng": "code",
    "name": "name",
    "official-name": "official_name",
    "local-authority-type": "type",
    "start-date": "start_date",
    "end-date": "end_date",
}
GSS = {"gss": "gss_code", "local-authority": "code", "name": "name"}


def prepare(raw: Path) -> dict[str, bytes]:
    """Give the columns plain names and write each council's code in its full form."""
    folder = raw / "registers-local-authority"
    first = read_text(folder / "register-local-authority-eng.tsv", sep="\t")
    later = read_text(folder / "register-export-2020-local-authority-eng.csv")
    codes = read_text(folder / "maps" / "gss.tsv", sep="\t")
    tables = {"register_councils_2017.csv": first, "register_councils_2020.csv": later}
    files = {}
    for name, table in tables.items():
        table = table[list(COLUMNS)].rename(columns=COLUMNS)
        table["code"] = "local-authority-eng:" + table["code"]
        files[name] = csv_bytes(table)
    return files | {"gss_codes.csv": csv_bytes(codes[list(GSS)].rename(columns=GSS))}
