"""The registry: records of procedures, zones, incentives, questions, statistics and dossiers."""
