"""`python -m evaluation_service` serves evaluation until it is told to stop."""

import argparse

from evaluation_service.main import main

if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="evaluation_service",
        description="Serves the evaluation subgraph. Settings come from CONGVU_* and EVALUATION_*.",
    )
    parser.parse_args()
    main()
