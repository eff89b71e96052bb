"""`python -m feedback_service` starts the service; settings come from the environment."""

import sys

from feedback_service.main import main

if {"-h", "--help"} & set(sys.argv[1:]):
    sys.stdout.write(
        "usage: python -m feedback_service\n\n"
        "Serves the feedback subgraph. Settings: CONGVU_* and FEEDBACK_* variables,\n"
        "listed in services/feedback/README.md.\n"
    )
else:
    main()
