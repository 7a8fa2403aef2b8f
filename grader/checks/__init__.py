"""What counts as right: values, snapshots, exercises and the judge. Pure: no files, no processes."""
