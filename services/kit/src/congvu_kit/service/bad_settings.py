"""Apart from the settings, so that the command line runs where no service is installed."""


class BadSettings(ValueError):
    """The environment cannot be used; the message names each variable."""
