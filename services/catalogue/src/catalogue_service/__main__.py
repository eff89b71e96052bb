"""`python -m catalogue_service` serves the catalogue until it is told to stop."""

import argparse

from catalogue_service.main import main

if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="catalogue_service",
        description="Serves the catalogue subgraph. Settings come from CONGVU_* and CATALOGUE_*.",
    )
    parser.parse_args()
    main()
