"""Allow `python -m withinreach`."""

import sys

from withinreach.cli import main

sys.exit(main())
