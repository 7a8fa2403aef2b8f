"""x"""


def run_apart(*a):
    raise NotImplementedError
