"""The learner's folder and JupyterLab on it."""
